/** Balances: the latest, in doubt, as they were, drawn together and summed up. */
@NullMarked
package io.walletsync.server.http.balance;

import org.jspecify.annotations.NullMarked;
