/** The adapter for Paystack. */
@NullMarked
package io.walletsync.server.provider.paystack;

import org.jspecify.annotations.NullMarked;
