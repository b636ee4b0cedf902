/** The registry: connections to providers and the wallets held there. */
@NullMarked
package io.walletsync.core.wallet;

import org.jspecify.annotations.NullMarked;
