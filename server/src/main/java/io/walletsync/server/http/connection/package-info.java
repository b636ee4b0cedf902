/** Connections to providers, their trials and what can be found behind them. */
@NullMarked
package io.walletsync.server.http.connection;

import org.jspecify.annotations.NullMarked;
