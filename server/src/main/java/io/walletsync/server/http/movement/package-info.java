/** What the providers say moved the balances. */
@NullMarked
package io.walletsync.server.http.movement;

import org.jspecify.annotations.NullMarked;
