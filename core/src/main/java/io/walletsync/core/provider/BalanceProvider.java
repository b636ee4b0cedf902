package io.walletsync.core.provider;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Driven port: asks one payment provider for balances. */
public interface BalanceProvider {
  ProviderProfile profile();

  /**
   * Names the call that reports this holding: holdings of one connection with the same name are
   * reported by one and the same call. Providers that list everything at once have one name.
   */
  default String callFor(Holding holding) {
    return "";
  }

  /**
   * Asks for balances of the connection. Waits, without holding anything, until the provider
   * answered or the deadline passed. Everything the provider may do is a {@link Reply}; a reply
   * that cannot be read is a failure and never an amount.
   *
   * @param wanted what has to be in the reading, where the provider has it; all of one {@link
   *     #callFor call}; empty for everything that one call can list
   * @param deadline how long it may take, retries included
   */
  Reply fetch(OpenConnection connection, Set<Holding> wanted, Duration deadline);

  /** What came of asking. */
  sealed interface Reply {
    /** The provider answered; a holding that is not listed was not reported, which is not zero. */
    record Reading(List<AccountBalance> balances) implements Reply {
      public Reading {
        balances = List.copyOf(balances);
      }
    }

    /** No balance can be had from this call. */
    record Failure(ProviderFailure failure) implements Reply {}
  }

  /**
   * One balance out of a reading.
   *
   * @param providerAccountId empty where the provider has no accounts
   * @param balance with all three amounts only where the provider promises that available and
   *     locked add up to the ledger
   * @param externalId the provider's name for this state of the balance, where it has one
   * @param asOf the provider's own time of it, where it tells
   * @param metadata further facts that are worth keeping with a snapshot
   */
  record AccountBalance(
      String providerAccountId,
      Balance balance,
      @Nullable ExternalBalanceId externalId,
      @Nullable Instant asOf,
      Metadata metadata) {
    public Holding holding() {
      return new Holding(providerAccountId, balance.currency());
    }
  }
}
