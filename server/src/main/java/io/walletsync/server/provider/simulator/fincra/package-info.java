/** The stand-in for Fincra. */
@NullMarked
package io.walletsync.server.provider.simulator.fincra;

import org.jspecify.annotations.NullMarked;
