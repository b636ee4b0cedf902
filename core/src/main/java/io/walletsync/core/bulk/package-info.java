/** Syncs many wallets on demand, on as many nodes as there are, and says how far it is. */
@NullMarked
package io.walletsync.core.bulk;

import org.jspecify.annotations.NullMarked;
