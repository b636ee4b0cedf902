package io.walletsync.core.balance;

import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a wallet's balance, with two times: since when it was so, and since when we know
 * it. What was quarantined and never recorded is no fact.
 */
public sealed interface BalanceFact {
  /** A recorded state: it stands from its time until the next one's. */
  record Snapshot(WalletBalanceSnapshot snapshot) implements BalanceFact {
    @Override
    public UUID id() {
      return snapshot.snapshotId();
    }

    @Override
    public WalletId walletId() {
      return snapshot.walletId();
    }

    @Override
    public Balance balance() {
      return snapshot.balance();
    }

    @Override
    public Instant trueFrom() {
      return snapshot.asOf();
    }

    @Override
    public Instant knownFrom() {
      return snapshot.createdAt();
    }
  }

  /**
   * A late reading. It stands from the start of its call until a younger call told the balance, and
   * replaces nothing.
   */
  record Late(
      UUID id,
      WalletId walletId,
      Balance balance,
      @Nullable ExternalBalanceId externalId,
      @Nullable Instant providerTime,
      Instant callStartedAt,
      Instant observedAt,
      Source source,
      Metadata metadata,
      Instant standsUntil,
      Instant recordedAt)
      implements BalanceFact {
    @Override
    public Instant trueFrom() {
      return callStartedAt;
    }

    @Override
    public Instant knownFrom() {
      return recordedAt;
    }
  }

  UUID id();

  WalletId walletId();

  Balance balance();

  /** Since when the balance was so. */
  Instant trueFrom();

  /** Since when we know it. */
  Instant knownFrom();
}
