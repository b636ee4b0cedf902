/** The demo: a real server against simulated providers, used over its public API. */
@NullMarked
package io.walletsync.server.demo;

import org.jspecify.annotations.NullMarked;
