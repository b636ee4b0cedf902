package io.walletsync.core.wallet;

import io.walletsync.core.kernel.Text;
import io.walletsync.core.money.CurrencyCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money of one currency that a business holds at a provider.
 *
 * @param providerAccountId the provider's account; empty where the provider has none
 * @param ownerId whom the business holds the money for, in its own words
 * @param providerCustomerId kept and returned, nothing more
 * @param schedule null where the connection's holds
 */
public record Wallet(
    WalletId id,
    ConnectionId connectionId,
    ProviderId provider,
    String providerAccountId,
    CurrencyCode currency,
    @Nullable String ownerId,
    @Nullable String providerCustomerId,
    Metadata metadata,
    Status status,
    Instant createdAt,
    Instant updatedAt,
    @Nullable SyncSchedule schedule) {
  /** Where a wallet is in its life; the names are stored. */
  public enum Status {
    ACTIVE,
    /** Not synced by schedule; on demand works. */
    PAUSED,
    /** Not synced at all; the history stays, and registering it again reopens it. */
    CLOSED
  }

  public Wallet {
    if (!providerAccountId.isEmpty()) {
      Text.printable(providerAccountId, 128);
    }
    if (ownerId != null) {
      Text.printable(ownerId, 128);
    }
    if (providerCustomerId != null) {
      Text.printable(providerCustomerId, 128);
    }
  }

  /** A wallet without a schedule of its own. */
  public Wallet(
      WalletId id,
      ConnectionId connectionId,
      ProviderId provider,
      String providerAccountId,
      CurrencyCode currency,
      @Nullable String ownerId,
      @Nullable String providerCustomerId,
      Metadata metadata,
      Status status,
      Instant createdAt,
      Instant updatedAt) {
    this(
        id,
        connectionId,
        provider,
        providerAccountId,
        currency,
        ownerId,
        providerCustomerId,
        metadata,
        status,
        createdAt,
        updatedAt,
        null);
  }

  public Holding holding() {
    return new Holding(providerAccountId, currency);
  }

  public boolean isClosed() {
    return status == Status.CLOSED;
  }

  /** This wallet, closed at a time. */
  public Wallet closed(Instant at) {
    return with(Status.CLOSED, metadata, at);
  }

  Wallet reopened(Instant at) {
    return with(Status.ACTIVE, metadata, at);
  }

  Wallet with(Status newStatus, Metadata newMetadata, Instant at) {
    return new Wallet(
        id,
        connectionId,
        provider,
        providerAccountId,
        currency,
        ownerId,
        providerCustomerId,
        newMetadata,
        newStatus,
        createdAt,
        at,
        schedule);
  }

  /** This wallet with another schedule of its own, or with none. */
  public Wallet scheduled(@Nullable SyncSchedule own) {
    return new Wallet(
        id,
        connectionId,
        provider,
        providerAccountId,
        currency,
        ownerId,
        providerCustomerId,
        metadata,
        status,
        createdAt,
        updatedAt,
        own);
  }
}
