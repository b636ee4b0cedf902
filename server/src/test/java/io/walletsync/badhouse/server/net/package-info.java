/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.server.net;

import org.jspecify.annotations.NullMarked;
