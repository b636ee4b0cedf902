package io.walletsync.core.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.position.PastWorld.Past;
import io.walletsync.core.position.Position.By;
import io.walletsync.core.position.Position.Group;
import io.walletsync.core.position.WalletStandings.Filter;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletClosures;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Sums of any past time, on every storage, are what a model of a few lines says of late readings
 * and of wallets that were closed and opened again.
 */
public interface PastPositionsContract extends RegistryPorts {
  BalanceSnapshots snapshots();

  BalanceHistory history();

  WalletStandings standings();

  WalletClosures closures();

  @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
  default void sumsOfAnyPastTimeAreThoseOfWhatWasTrueAndOpenThen(
      @ForAll long seed, @ForAll Set<By> by) {
    var connections = List.of(connected(), connected(Examples.connection(Examples.FINCRA)));
    var pasts = new PastWorld(seed).pasts(connections);
    keep(pasts);

    for (var second = -1; second <= PastWorld.SECONDS; second++) {
      var at = PastWorld.time(second);
      assertThat(read(connections, by, at))
          .as("at second %d", second)
          .isEqualTo(model(pasts, by, at));
    }
  }

  /**
   * What is told of a group.
   *
   * @param sum null where no wallet is counted
   */
  record Told(
      @Nullable BigDecimal sum,
      long counted,
      long expected,
      @Nullable Instant oldest,
      @Nullable Instant newest) {}

  private void keep(List<Past> pasts) {
    transactions()
        .inTransaction(
            () -> {
              for (var past : pasts) {
                wallets().addOrLock(past.wallet());
                past.closures().forEach(closures()::add);
                snapshots().append(past.snapshots());
                snapshots().appendLate(past.late());
              }
              return pasts;
            });
  }

  private Map<Group, Told> read(List<Connection> connections, Set<By> by, Instant at) {
    var visible =
        new Visibility(connections.stream().map(it -> it.id().value()).collect(Collectors.toSet()));
    var positions =
        new ReadPositions(transactions(), standings(), closures(), history())
            .read(
                new ReadPositions.Query(
                    new Filter(visible, null, null, null, null), by, at, null, false));
    return ((ReadPositions.Outcome.Found) positions)
        .positions().stream()
            .collect(Collectors.toMap(Position::group, PastPositionsContract::told));
  }

  private static Told told(Position position) {
    return new Told(
        position.available().known().map(BigDecimal::stripTrailingZeros).orElse(null),
        position.counted(),
        position.expected(),
        position.oldestConfirmation(),
        position.newestConfirmation());
  }

  private static Map<Group, Told> model(List<Past> pasts, Set<By> by, Instant at) {
    return pasts.stream()
        .filter(past -> past.isOpen(at))
        .collect(
            Collectors.groupingBy(
                past -> group(past, by),
                Collectors.collectingAndThen(Collectors.toList(), open -> told(open, at))));
  }

  private static Group group(Past past, Set<By> by) {
    var wallet = past.wallet();
    return new Group(
        wallet.currency(),
        by.contains(By.PROVIDER) ? wallet.provider() : null,
        by.contains(By.CONNECTION) ? wallet.connectionId() : null,
        by.contains(By.OWNER) ? wallet.ownerId() : null);
  }

  private static Told told(List<Past> open, Instant at) {
    var facts = open.stream().map(past -> past.fact(at)).flatMap(Optional::stream).toList();
    return new Told(
        facts.stream()
            .map(PastWorld.Fact::amount)
            .reduce(BigDecimal::add)
            .map(BigDecimal::stripTrailingZeros)
            .orElse(null),
        facts.size(),
        open.size(),
        bound(facts, times -> times.stream().min(Instant::compareTo)),
        bound(facts, times -> times.stream().max(Instant::compareTo)));
  }

  private static @Nullable Instant bound(
      List<PastWorld.Fact> facts, Function<List<Instant>, Optional<Instant>> end) {
    return end.apply(facts.stream().map(PastWorld.Fact::observedAt).toList()).orElse(null);
  }
}
