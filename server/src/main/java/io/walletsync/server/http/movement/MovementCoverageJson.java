package io.walletsync.server.http.movement;

import io.walletsync.core.movement.Coverage;
import io.walletsync.core.movement.Hole;
import io.walletsync.core.movement.MovementImports.Standing;
import io.walletsync.core.movement.ReadMovementCoverage.Outcome.Found;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.wire.PageJson;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * From when to when a wallet's movements are complete, as the API shows it.
 *
 * @param completeFrom null, as is completeTo, before the first import was whole
 * @param holeCount how many there are
 * @param holes a page of them, newest first
 * @param hasMore whether there are older ones
 * @param nextCursor leads on to those
 * @param lastImportAt when the last round ended
 * @param lastFailure why it failed; null where it did not
 * @param failures how many rounds failed in a row
 */
@JsonNaming(SnakeCaseStrategy.class)
record MovementCoverageJson(
    UUID walletId,
    @Nullable Instant completeFrom,
    @Nullable Instant completeTo,
    long holeCount,
    List<HoleJson> holes,
    boolean hasMore,
    @Nullable String nextCursor,
    boolean importing,
    @Nullable Instant lastImportAt,
    @Nullable String lastFailure,
    int failures) {
  static MovementCoverageJson of(WalletId wallet, Found found, String listing) {
    var standing = found.standing();
    var page =
        PageJson.of(
            found.page(), HoleJson::of, listing, hole -> hole.before() + " " + hole.beforeKey());
    var coverage = standing.flatMap(s -> s.progress().coverage());
    return new MovementCoverageJson(
        wallet.value(),
        coverage.map(Coverage::from).orElse(null),
        coverage.map(Coverage::until).orElse(null),
        found.holes(),
        page.data(),
        page.hasMore(),
        page.nextCursor(),
        standing.map(s -> s.progress().reading() != null).orElse(false),
        standing.map(Standing::endedAt).orElse(null),
        standing.map(Standing::failure).orElse(null),
        standing.map(Standing::failures).orElse(0));
  }

  /** A hole: between these two movements this amount is missing. */
  @JsonNaming(SnakeCaseStrategy.class)
  record HoleJson(
      Instant after,
      String afterMovementKey,
      Instant before,
      String beforeMovementKey,
      String amount,
      String currency) {
    static HoleJson of(Hole hole) {
      return new HoleJson(
          hole.after(),
          hole.afterKey(),
          hole.before(),
          hole.beforeKey(),
          hole.amount().toDecimalString(),
          hole.amount().currency().value());
    }
  }
}
