/** The stand-ins for Flutterwave's two APIs. */
@NullMarked
package io.walletsync.server.provider.simulator.flutterwave;

import org.jspecify.annotations.NullMarked;
