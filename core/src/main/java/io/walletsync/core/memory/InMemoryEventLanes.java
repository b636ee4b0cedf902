package io.walletsync.core.memory;

import io.walletsync.core.event.EarlySyncPolicy;
import io.walletsync.core.event.EventLanes;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.event.ProviderEvent.Status;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

final class InMemoryEventLanes implements EventLanes {
  private final InMemoryTransactions transactions;
  private final InMemoryConnections connections;
  private final InstantSource clock;
  private final Table<UUID, EventRow> events;
  private final Table<ConnectionId, Lane> lanes;

  InMemoryEventLanes(
      InMemoryTransactions transactions,
      InMemoryConnections connections,
      Table<UUID, EventRow> events,
      InstantSource clock) {
    this.transactions = transactions;
    this.connections = connections;
    this.clock = clock;
    this.events = events;
    this.lanes = transactions.table();
  }

  @Override
  public List<Due> due(EarlySyncPolicy policy, int mostOfOneProvider) {
    return transactions.inTransaction(
        () -> {
          var now = now();
          var places = new HashMap<ProviderId, Integer>();
          var settled = now.minus(policy.settle());
          return waitingSince().entrySet().stream()
              .filter(waiting -> !waiting.getValue().isAfter(settled))
              .filter(waiting -> lane(waiting.getKey()).isFree(now))
              .sorted(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .map(connection -> new Due(connection, connections.provider(connection)))
              .filter(due -> places.merge(due.provider(), 1, Integer::sum) <= mostOfOneProvider)
              .toList();
        });
  }

  private Map<ConnectionId, Instant> waitingSince() {
    var oldest = new HashMap<ConnectionId, Instant>();
    for (var row : events.rows().values()) {
      if (row.isWaiting()) {
        oldest.merge(row.event().connection(), row.waitingSince(), InMemoryEventLanes::earlier);
      }
    }
    lanes
        .rows()
        .forEach(
            (connection, lane) -> {
              if (lane.hintedAt() != null) {
                oldest.merge(connection, lane.hintedAt(), InMemoryEventLanes::earlier);
              }
            });
    return oldest;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  @Override
  public Optional<Lease> lease(ConnectionId connection, EarlySyncPolicy policy) {
    return transactions.inTransaction(
        () -> {
          var now = now();
          var lane = lane(connection);
          if (!lane.isFree(now)) {
            return Optional.empty();
          }
          var token = UUID.randomUUID();
          lanes
              .rows()
              .put(
                  connection,
                  new Lane(
                      token,
                      now.plus(policy.lease()),
                      now,
                      now.plus(policy.spacing()),
                      lane.failures(),
                      lane.hintedAt()));
          return Optional.of(new Lease(connection, token, now, lane.failures()));
        });
  }

  @Override
  public Concern waiting(Lease lease) {
    return transactions.inTransaction(
        () -> {
          var everything = lane(lease.connection()).isHinted(lease.startedAt());
          var some = false;
          var currencies = new HashSet<CurrencyCode>();
          for (var row : events.rows().values()) {
            if (isOf(lease, row) && row.isServed(new Concern.Everything(), lease.startedAt())) {
              some = true;
              if (row.event().notice().concern() instanceof Concern.Currencies(var mine)) {
                currencies.addAll(mine);
              } else {
                everything = true;
              }
            }
          }
          if (everything) {
            return new Concern.Everything();
          }
          return some ? new Concern.Currencies(currencies) : new Concern.Nothing();
        });
  }

  @Override
  public void hint(ConnectionId connection) {
    transactions.inTransaction(
        () -> {
          var lane = lane(connection);
          if (lane.hintedAt() == null || !lane.hintedAt().isAfter(lane.startedAt())) {
            lanes.rows().put(connection, lane.hinted(now()));
          }
          return connection;
        });
  }

  @Override
  public boolean served(Lease lease, Concern concern) {
    var now = now();
    return settle(
        lease,
        lane -> lane.released(0, lane.notBefore(), hintAfter(lane, lease, concern)),
        row -> row.isServed(concern, lease.startedAt()) ? row.tried(Status.DONE, now, null) : row);
  }

  @Override
  public boolean putOff(
      Lease lease, Concern concern, Duration wait, int mostAttempts, String reason) {
    var now = now();
    return settle(
        lease,
        lane -> {
          var failures = lane.failures() + 1;
          var opens = now.plus(wait);
          return lane.released(
              failures,
              opens.isAfter(lane.notBefore()) ? opens : lane.notBefore(),
              failures < mostAttempts ? lane.hintedAt() : hintAfter(lane, lease, concern));
        },
        row ->
            row.isServed(concern, lease.startedAt())
                ? row.tried(
                    row.event().attempts() + 1 < mostAttempts ? Status.WAITING : Status.FAILED,
                    now,
                    reason)
                : row);
  }

  @Override
  public boolean end(Lease lease, String reason) {
    var now = now();
    var everything = new Concern.Everything();
    return settle(
        lease,
        lane -> lane.released(0, lane.notBefore(), hintAfter(lane, lease, everything)),
        row -> row.isServed(everything, lease.startedAt()) ? row.ignored(now, reason) : row);
  }

  private boolean settle(Lease lease, UnaryOperator<Lane> release, UnaryOperator<EventRow> end) {
    return transactions.inTransaction(
        () -> {
          var lane = lane(lease.connection());
          if (!lease.token().equals(lane.token())) {
            return false;
          }
          lanes.rows().put(lease.connection(), release.apply(lane));
          events.rows().replaceAll((_, row) -> isOf(lease, row) ? end.apply(row) : row);
          return true;
        });
  }

  private static @Nullable Instant hintAfter(Lane lane, Lease lease, Concern concern) {
    return concern instanceof Concern.Everything && lane.isHinted(lease.startedAt())
        ? null
        : lane.hintedAt();
  }

  private static boolean isOf(Lease lease, EventRow row) {
    return row.event().connection().equals(lease.connection());
  }

  private Lane lane(ConnectionId connection) {
    return lanes.rows().getOrDefault(connection, Lane.UNUSED);
  }

  private Instant now() {
    return Microseconds.cut(clock.instant());
  }

  private record Lane(
      @Nullable UUID token,
      Instant leaseUntil,
      Instant startedAt,
      Instant notBefore,
      int failures,
      @Nullable Instant hintedAt) {
    static final Lane UNUSED = new Lane(null, Instant.MIN, Instant.MIN, Instant.MIN, 0, null);

    boolean isFree(Instant now) {
      return !leaseUntil.isAfter(now) && !notBefore.isAfter(now);
    }

    boolean isHinted(Instant by) {
      return hintedAt != null && !hintedAt.isAfter(by);
    }

    Lane hinted(Instant now) {
      return new Lane(token, leaseUntil, startedAt, notBefore, failures, now);
    }

    Lane released(int failed, Instant opens, @Nullable Instant hint) {
      return new Lane(null, Instant.MIN, startedAt, opens, failed, hint);
    }
  }
}
