package io.walletsync.server.http.export;

import io.walletsync.core.analytics.Bucket;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.export.DrawStatement.Line;
import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.server.http.balance.BucketJson;
import io.walletsync.server.http.wire.Amount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns of each export, and the cells of a row in their order. */
final class ExportRows {
  static final List<String> SNAPSHOT =
      List.of(
          "wallet_id",
          "sequence",
          "snapshot_id",
          "provider",
          "currency",
          "balance",
          "ledger_balance",
          "locked_balance",
          "external_balance_id",
          "as_of",
          "provider_time",
          "observed_at",
          "recorded_at",
          "source");
  static final List<String> BUCKET =
      List.of(
          "wallet_id",
          "currency",
          "from",
          "to",
          "carried",
          "known_from",
          "opening",
          "highest",
          "lowest",
          "closing",
          "change",
          "changes",
          "average",
          "largest_change");
  static final List<String> STATEMENT =
      List.of(
          "line",
          "wallet_id",
          "currency",
          "time",
          "sequence",
          "change",
          "balance",
          "movement_key",
          "kind",
          "reason",
          "reference");
  static final List<String> MOVEMENT =
      List.of(
          "wallet_id",
          "occurred_at",
          "movement_key",
          "currency",
          "difference",
          "balance_after",
          "kind",
          "reason",
          "reference",
          "imported_at");

  private ExportRows() {}

  static List<@Nullable Object> cells(ProviderMovement movement) {
    return Arrays.asList(
        movement.walletId().value(),
        movement.occurredAt(),
        movement.key(),
        movement.difference().currency().value(),
        Amount.of(movement.difference()),
        Amount.of(movement.balanceAfter()),
        movement.kind(),
        movement.reason(),
        movement.reference(),
        movement.importedAt());
  }

  static List<@Nullable Object> cells(WalletBalanceSnapshot snapshot) {
    var balance = snapshot.balance();
    var externalId = snapshot.externalId();
    return Arrays.asList(
        snapshot.walletId().value(),
        snapshot.sequence(),
        snapshot.snapshotId(),
        snapshot.provider().value(),
        balance.currency().value(),
        Amount.of(balance.available()),
        Amount.of(balance.ledger()),
        Amount.of(balance.locked()),
        externalId == null ? null : externalId.value(),
        snapshot.asOf(),
        snapshot.providerTime(),
        snapshot.observedAt(),
        snapshot.createdAt(),
        snapshot.source().name().toLowerCase(Locale.ROOT));
  }

  static List<@Nullable Object> cells(Wallet wallet, Line line) {
    return switch (line) {
      case Line.Opening(var time, var balance) ->
          cells("opening", wallet, time, null, null, balance);
      case Line.CompleteFrom(var time) -> cells("complete_from", wallet, time, null, null, null);
      case Line.CompleteTo(var time) -> cells("complete_to", wallet, time, null, null, null);
      case Line.Moved(var movement) ->
          Arrays.asList(
              "movement",
              wallet.id().value(),
              wallet.currency().value(),
              movement.occurredAt(),
              null,
              Amount.of(movement.difference()),
              Amount.of(movement.balanceAfter()),
              movement.key(),
              movement.kind(),
              movement.reason(),
              movement.reference());
      case Line.Change(var time, var sequence, var change, var balance) ->
          cells("change", wallet, time, sequence, change, balance);
      case Line.Closing(var time, var change, var balance) ->
          cells("closing", wallet, time, null, change, balance);
    };
  }

  private static List<@Nullable Object> cells(
      String line,
      Wallet wallet,
      @Nullable Instant time,
      @Nullable Long sequence,
      @Nullable BigDecimal change,
      @Nullable BigDecimal balance) {
    var currency = wallet.currency();
    return Arrays.asList(
        line,
        wallet.id().value(),
        currency.value(),
        time,
        sequence,
        Amount.of(change, currency),
        Amount.of(balance, currency),
        null,
        null,
        null,
        null);
  }

  static List<@Nullable Object> cells(Wallet wallet, Bucket bucket) {
    var currency = wallet.currency();
    var json = BucketJson.of(bucket, currency);
    return Arrays.asList(
        wallet.id().value(),
        currency.value(),
        json.from(),
        json.to(),
        json.carried(),
        json.knownFrom(),
        amount(json.opening()),
        amount(json.highest()),
        amount(json.lowest()),
        amount(json.closing()),
        amount(json.change()),
        json.changes(),
        amount(json.average()),
        amount(json.largestChange()));
  }

  private static @Nullable Amount amount(@Nullable String text) {
    return text == null ? null : new Amount(text);
  }
}
