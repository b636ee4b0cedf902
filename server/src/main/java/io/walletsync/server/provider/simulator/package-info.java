/** A stand-in for Paystack on an HTTP listener of its own, for the demo and for tests. */
@NullMarked
package io.walletsync.server.provider.simulator;

import org.jspecify.annotations.NullMarked;
