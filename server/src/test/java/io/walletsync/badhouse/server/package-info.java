/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.server;

import org.jspecify.annotations.NullMarked;
