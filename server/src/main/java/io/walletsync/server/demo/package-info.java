/** The demo: a real server against a simulated provider, used over its public API. */
@NullMarked
package io.walletsync.server.demo;

import org.jspecify.annotations.NullMarked;
