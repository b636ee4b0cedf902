/** The history as rows to take away: snapshots of many wallets, and a statement of one. */
@NullMarked
package io.walletsync.core.export;

import org.jspecify.annotations.NullMarked;
