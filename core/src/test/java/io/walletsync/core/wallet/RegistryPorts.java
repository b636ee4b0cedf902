package io.walletsync.core.wallet;

import io.walletsync.core.Examples;
import io.walletsync.core.kernel.Transactions;

/** The ports that a contract needs before a wallet exists, and wallets made with them. */
public interface RegistryPorts {
  Transactions transactions();

  Connections connections();

  Wallets wallets();

  /** A connection that is kept. */
  default Connection connected() {
    return connected(Examples.connection());
  }

  /** Keeps the connection with a secret of its own. */
  default Connection connected(Connection connection) {
    var credentials = Examples.credentials();
    var added =
        transactions()
            .inTransaction(
                () -> connections().add(connection, credentials, credentials.get("secret_key")));
    if (!added) {
      throw new AssertionError("the secret of a fresh connection was in use");
    }
    return connection;
  }

  /** A wallet that is kept, on a connection of its own. */
  default Wallet registered() {
    return registered(Examples.wallet(connected()));
  }

  default Wallet registered(Wallet wallet) {
    return transactions().inTransaction(() -> wallets().addOrLock(wallet));
  }
}
