/** Sends messages to addresses that users chose, and nowhere that they must not lead. */
@NullMarked
package io.walletsync.server.webhook;

import org.jspecify.annotations.NullMarked;
