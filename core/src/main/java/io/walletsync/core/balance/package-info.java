/** Balances, their immutable snapshots, and the one writer that records them. */
@NullMarked
package io.walletsync.core.balance;

import org.jspecify.annotations.NullMarked;
