/** Whether a payout can be paid, and the money set aside for it. */
@NullMarked
package io.walletsync.server.http.payout;

import org.jspecify.annotations.NullMarked;
