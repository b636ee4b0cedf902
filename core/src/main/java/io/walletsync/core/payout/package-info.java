/** Whether a wallet can pay, and the money that is set aside for payouts until it has left. */
@NullMarked
package io.walletsync.core.payout;

import org.jspecify.annotations.NullMarked;
