/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.server.provider.simulator;

import org.jspecify.annotations.NullMarked;
