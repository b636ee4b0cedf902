/** What provider adapters share: calls that end in time, and replies that are read exactly. */
@NullMarked
package io.walletsync.server.provider;

import org.jspecify.annotations.NullMarked;
