/** The stand-in for Paystack. */
@NullMarked
package io.walletsync.server.provider.simulator.paystack;

import org.jspecify.annotations.NullMarked;
