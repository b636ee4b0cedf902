package io.walletsync.server.http.balance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A snapshot as the API shows it. Unknown amounts are null, never zero.
 *
 * @param outcome only in the answer of a sync
 * @param inDoubt only where the balance is read, while the provider says something that is not
 *     believed
 * @param ageSeconds only where the balance is read: a stored answer must not claim to be fresh
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SnapshotJson(
    UUID snapshotId,
    UUID walletId,
    long sequence,
    String provider,
    String balance,
    @Nullable String ledgerBalance,
    @Nullable String lockedBalance,
    String currency,
    @Nullable String externalBalanceId,
    Instant asOf,
    Instant observedAt,
    Instant confirmedAt,
    String source,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String outcome,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long ageSeconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DoubtJson inDoubt,
    Map<String, String> metadata,
    Instant createdAt) {

  public static SnapshotJson synced(Recorded.Answer answer) {
    return of(answer.snapshot(), answer.confirmedAt(), answer.verdict().code(), null, null);
  }

  public static SnapshotJson read(
      LatestBalance latest, @Nullable QuarantinedReading doubt, Duration age) {
    return of(
        latest.snapshot(),
        latest.confirmedAt(),
        null,
        age.toSeconds(),
        doubt == null ? null : DoubtJson.of(doubt));
  }

  /** As it was when it was made: nothing had confirmed it since. */
  public static SnapshotJson announced(WalletBalanceSnapshot snapshot) {
    return of(snapshot, snapshot.observedAt(), null, null, null);
  }

  private static SnapshotJson of(
      WalletBalanceSnapshot snapshot,
      Instant confirmedAt,
      @Nullable String outcome,
      @Nullable Long ageSeconds,
      @Nullable DoubtJson inDoubt) {
    Balance balance = snapshot.balance();
    var externalId = snapshot.externalId();
    return new SnapshotJson(
        snapshot.snapshotId(),
        snapshot.walletId().value(),
        snapshot.sequence(),
        snapshot.provider().value(),
        balance.available().toDecimalString(),
        text(balance.ledger()),
        text(balance.locked()),
        balance.currency().value(),
        externalId == null ? null : externalId.value(),
        snapshot.asOf(),
        snapshot.observedAt(),
        confirmedAt,
        snapshot.source().name().toLowerCase(Locale.ROOT),
        outcome,
        ageSeconds,
        inDoubt,
        snapshot.metadata().entries(),
        snapshot.createdAt());
  }

  public static @Nullable String text(@Nullable Money money) {
    return money == null ? null : money.toDecimalString();
  }
}
