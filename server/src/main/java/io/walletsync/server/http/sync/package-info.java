/** Syncs of one wallet and runs over many. */
@NullMarked
package io.walletsync.server.http.sync;

import org.jspecify.annotations.NullMarked;
