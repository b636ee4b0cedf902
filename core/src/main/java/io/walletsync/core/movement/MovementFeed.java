package io.walletsync.core.movement;

import io.walletsync.core.money.Money;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Driven port: reads one provider's own list of movements, page by page. */
public interface MovementFeed {
  ProviderProfile profile();

  /**
   * Reads one page. Waits, without holding anything, until the provider answered or the deadline
   * passed. Everything the provider may do is a {@link Reply}; a page with a row that cannot be
   * read is a failure and never half a page.
   *
   * @param page what the reply before named as the next one; null for the first page
   * @param deadline how long it may take, retries included
   */
  Reply read(
      OpenConnection connection,
      Holding holding,
      Window window,
      @Nullable String page,
      Duration deadline);

  /**
   * The time of which movements are wanted; the provider may list others too.
   *
   * @param until the first moment that is not wanted any more
   */
  record Window(Instant from, Instant until) {
    /** Whether a page that runs from newer to older reaches behind the window. */
    public boolean isPassedBy(Collection<Instant> times) {
      return times.stream().anyMatch(time -> time.isBefore(from));
    }
  }

  /** What came of asking. */
  sealed interface Reply {
    /**
     * A page.
     *
     * @param rows the movements of the holding, in the provider's order; none may be twice
     * @param next names the page after it; empty where the window ends
     */
    record Rows(List<Row> rows, Optional<String> next) implements Reply {
      public Rows {
        rows = List.copyOf(rows);
      }
    }

    /** No page can be had from this call. */
    record Failure(ProviderFailure failure) implements Reply {}

    /**
     * The provider has no movements that are certainly of this holding.
     *
     * @param detail one sentence in our own words
     */
    record NotOffered(String detail) implements Reply {}
  }

  /** A movement as the provider tells it; see {@link ProviderMovement} for its parts. */
  record Row(
      String key,
      Instant occurredAt,
      Money difference,
      @Nullable Money balanceAfter,
      @Nullable String kind,
      @Nullable String reason,
      @Nullable String reference,
      Metadata metadata) {
    /** The movement of a wallet, as it is kept. */
    public ProviderMovement of(WalletId wallet, Instant importedAt) {
      return new ProviderMovement(
          wallet,
          key,
          occurredAt,
          difference,
          balanceAfter,
          kind,
          reason,
          reference,
          metadata,
          importedAt);
    }
  }
}
