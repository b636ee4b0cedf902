package io.walletsync.server.http.balance;

import io.walletsync.core.position.Position.By;
import io.walletsync.core.position.ReadPositions.Outcome.Found;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Positions at one time, in the order of their groups. */
@JsonNaming(SnakeCaseStrategy.class)
record PositionsJson(Instant at, List<String> groupBy, List<PositionJson> data) {
  static PositionsJson of(Found found, Set<By> by) {
    return new PositionsJson(
        found.at(),
        Stream.concat(
                Stream.of("currency"),
                Arrays.stream(By.values())
                    .filter(by::contains)
                    .map(each -> each.name().toLowerCase(Locale.ROOT)))
            .toList(),
        found.positions().stream().map(PositionJson::of).toList());
  }
}
