/** Stand-ins for providers on HTTP listeners of their own, for the demo and for tests. */
@NullMarked
package io.walletsync.server.provider.simulator;

import org.jspecify.annotations.NullMarked;
