/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.server.provider.simulator.a;

import org.jspecify.annotations.NullMarked;
