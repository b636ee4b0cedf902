/**
 * Wallets that are synced by themselves: who is due, whose turn it is, and when the next one is.
 */
@NullMarked
package io.walletsync.core.schedule;

import org.jspecify.annotations.NullMarked;
