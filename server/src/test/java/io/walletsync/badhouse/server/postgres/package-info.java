/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.server.postgres;

import org.jspecify.annotations.NullMarked;
