/** The user's own books beside the balances. */
@NullMarked
package io.walletsync.server.http.reconciliation;

import org.jspecify.annotations.NullMarked;
