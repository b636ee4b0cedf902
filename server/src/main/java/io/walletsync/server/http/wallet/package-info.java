/** The registry of wallets. */
@NullMarked
package io.walletsync.server.http.wallet;

import org.jspecify.annotations.NullMarked;
