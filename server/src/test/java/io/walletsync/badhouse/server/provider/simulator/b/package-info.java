/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.server.provider.simulator.b;

import org.jspecify.annotations.NullMarked;
