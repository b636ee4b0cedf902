package io.walletsync.core.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.balance.QuarantinedReading.End;
import io.walletsync.core.balance.QuarantinedReading.Resolution;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.Strangeness;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Notification.BalanceChanged;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.notification.Notification.ReadingQuarantined;
import io.walletsync.core.notification.Notification.ReadingSettled;
import io.walletsync.core.notification.Outbox.Entry;
import io.walletsync.core.notification.Outbox.Listed;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.notification.Outbox.Query;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Outbox} keeps: all that was told, once, in one order. */
public interface OutboxContract extends RegistryPorts {
  Outbox outbox();

  BalanceSnapshots snapshots();

  QuarantinedReadings quarantine();

  @Test
  default void listsWhatWasToldInItsOrderAndWithAllThatItTellsOf() {
    var start = outbox().end();
    var wallet = registered();
    var first = snapshot(wallet, 1);
    var second = snapshot(wallet, 2);
    var reading = reading(wallet);
    var settledAt = Examples.MORNING.plusSeconds(9);
    var settled = settled(reading, settledAt);
    var told =
        List.<Notification>of(
            new BalanceChanged(Examples.id(), wallet.connectionId(), null, first),
            new BalanceChanged(Examples.id(), wallet.connectionId(), first, second),
            // as it is by the time it is read
            new ReadingQuarantined(Examples.id(), settled),
            new ReadingSettled(Examples.id(), settled, settledAt));
    transactions()
        .inTransaction(
            () -> {
              snapshots().append(List.of(first, second));
              quarantine().save(List.of(reading));
              outbox().append(told.subList(0, 3));
              return told;
            });

    transactions()
        .inTransaction(
            () -> {
              quarantine().save(List.of(settled));
              outbox().append(told.subList(3, 4));
              return told;
            });

    assertThat(notifications(await(all(start, 10), 4))).isEqualTo(told);
  }

  @Test
  default void whatNoOtherTableKeepsBringsItsFactsAlong() {
    var start = outbox().end();
    var wallet = registered();
    var facts = new TreeMap<String, @Nullable String>();
    facts.put("reason", "timeout \"quoted\" \u00e9");
    facts.put("nothing", null);
    var ofWallet =
        new Occurrence(
            Examples.id(),
            Kind.SYNC_FAILING,
            Optional.of(new About(wallet.id(), wallet.connectionId())),
            Examples.MORNING,
            facts);
    var ofNone =
        new Occurrence(
            Examples.id(),
            Kind.SYNC_RECOVERED,
            Optional.empty(),
            Examples.MORNING,
            new TreeMap<>());
    transactions()
        .inTransaction(
            () -> {
              outbox().append(List.of(ofWallet, ofNone));
              return ofWallet;
            });

    assertThat(notifications(await(all(start, 10), 2))).containsExactly(ofWallet, ofNone);
    // what belongs to no connection is for those who may see all of them
    var limited = new Visibility(Set.of(wallet.connectionId().value()));
    assertThat(notifications(outbox().list(new Query(limited, Set.of(), null, start, 10))))
        .containsExactly(ofWallet);
    assertThat(
            notifications(
                outbox().list(new Query(Visibility.ALL, Set.of(), wallet.id(), start, 10))))
        .containsExactly(ofWallet);
  }

  @Test
  default void whatIsRolledBackIsNotTold() {
    var start = outbox().end();
    var wallet = registered();

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          change(wallet, 1);
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");
    var kept = committed(wallet, 1);

    assertThat(notifications(await(all(start, 10), 1))).containsExactly(kept);
  }

  @Test
  default void goesOnBehindThePlaceBefore() {
    var start = outbox().end();
    var wallet = registered();
    var told = new ArrayList<Notification>();
    for (var sequence = 1; sequence <= 5; sequence++) {
      told.add(committed(wallet, sequence));
    }
    await(all(start, 10), 5);

    var first = outbox().list(all(start, 2));
    var second = outbox().list(all(first.next(), 2));
    var third = outbox().list(all(second.next(), 2));
    var later = committed(wallet, 6);
    var fourth = await(all(third.next(), 2), 1);

    assertThat(first.hasMore()).isTrue();
    assertThat(second.hasMore()).isTrue();
    assertThat(third.hasMore()).isFalse();
    assertThat(
            List.of(first, second, third).stream()
                .flatMap(listed -> notifications(listed).stream()))
        .isEqualTo(told);
    assertThat(notifications(fourth)).containsExactly(later);
    assertThat(outbox().end()).isEqualTo(fourth.next());
  }

  @Test
  default void listsOnlyWhatIsWantedAndGoesOnBehindTheRest() {
    var start = outbox().end();
    var mine = registered();
    var other = registered();
    var own = committed(mine, 1);
    var ownReading = new ReadingQuarantined(Examples.id(), reading(mine));
    transactions()
        .inTransaction(
            () -> {
              quarantine().save(List.of(ownReading.reading()));
              outbox().append(List.of(ownReading));
              return ownReading;
            });
    var foreign = committed(other, 1);
    var end = await(all(start, 10), 3).next();
    var limited = new Visibility(Set.of(mine.connectionId().value()));

    var visible = outbox().list(new Query(limited, Set.of(), null, start, 10));
    var changes =
        outbox().list(new Query(Visibility.ALL, Set.of(Kind.BALANCE_CHANGED), null, start, 10));
    var ofOther = outbox().list(new Query(Visibility.ALL, Set.of(), other.id(), start, 10));
    var one = outbox().list(new Query(limited, Set.of(), null, start, 1));

    assertThat(notifications(visible)).containsExactly(own, ownReading);
    assertThat(visible.next()).isEqualTo(end);
    assertThat(visible.hasMore()).isFalse();
    assertThat(notifications(changes)).containsExactly(own, foreign);
    assertThat(notifications(ofOther)).containsExactly(foreign);
    assertThat(notifications(one)).containsExactly(own);
    assertThat(one.hasMore()).isTrue();
    assertThat(notifications(outbox().list(new Query(limited, Set.of(), null, one.next(), 1))))
        .containsExactly(ownReading);
  }

  @Test
  default void whoFollowsWhileManyWriteMissesNothingAndGetsNothingTwice() {
    var start = outbox().end();
    var writers = 8;
    var each = 25;
    var followed = Concurrently.supply(() -> follow(start, writers * each));

    var told =
        Concurrently.call(
            writers,
            _ -> {
              var wallet = registered();
              var own = new ArrayList<Notification>();
              for (var sequence = 1; sequence <= each; sequence++) {
                own.add(committed(wallet, sequence));
              }
              return own;
            });

    var seen = followed.join();
    assertThat(seen).hasSize(writers * each);
    assertThat(new HashSet<>(seen))
        .isEqualTo(new HashSet<>(told.stream().flatMap(List::stream).toList()));
    var sequences = new HashMap<WalletId, Long>();
    for (var notification : seen) {
      if (notification instanceof BalanceChanged changed) {
        assertThat(changed.snapshot().sequence())
            .isEqualTo(sequences.merge(changed.snapshot().walletId(), 1L, Long::sum));
      }
    }
  }

  private List<Notification> follow(Place start, int until) {
    var seen = new ArrayList<Notification>();
    var place = start;
    var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (seen.size() < until && System.nanoTime() < deadline) {
      var listed = outbox().list(all(place, 7));
      seen.addAll(notifications(listed));
      place = listed.next();
    }
    return seen;
  }

  /** Other transactions of the same server may hide for a moment what was just committed. */
  private Listed await(Query query, int entries) {
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      var listed = outbox().list(query);
      if (listed.entries().size() >= entries || System.nanoTime() > deadline) {
        return listed;
      }
    }
  }

  private static Query all(Place after, int limit) {
    return new Query(Visibility.ALL, Set.of(), null, after, limit);
  }

  private static List<Notification> notifications(Listed listed) {
    return listed.entries().stream().map(Entry::notification).toList();
  }

  private Notification committed(Wallet wallet, long sequence) {
    return transactions().inTransaction(() -> change(wallet, sequence));
  }

  /** The wallet's next snapshot and what is told of it, in the caller's open transaction. */
  default Notification change(Wallet wallet, long sequence) {
    var snapshot = snapshot(wallet, sequence);
    @Nullable WalletBalanceSnapshot previous =
        sequence == 1 ? null : snapshot(wallet, sequence - 1);
    var notification = new BalanceChanged(Examples.id(), wallet.connectionId(), previous, snapshot);
    snapshots().append(List.of(snapshot));
    outbox().append(List.of(notification));
    return notification;
  }

  private static WalletBalanceSnapshot snapshot(Wallet wallet, long sequence) {
    var time = Examples.MORNING.plusSeconds(sequence);
    return new WalletBalanceSnapshot(
        new UUID(wallet.id().value().getLeastSignificantBits(), sequence),
        wallet.id(),
        sequence,
        wallet.provider(),
        Examples.balance(sequence + ".50"),
        null,
        time,
        null,
        time,
        time,
        Source.API,
        null,
        Metadata.NONE,
        time);
  }

  private static QuarantinedReading settled(QuarantinedReading reading, Instant at) {
    return new QuarantinedReading(
        reading.readingId(),
        reading.walletId(),
        reading.connectionId(),
        reading.provider(),
        reading.reason(),
        reading.balance(),
        reading.externalId(),
        reading.providerTime(),
        reading.callStartedAt(),
        reading.observedAt(),
        reading.source(),
        reading.metadata(),
        reading.timesSeen(),
        reading.lastSeenAt(),
        reading.quarantinedAt(),
        new Resolution(End.REJECTED, at, "somebody", "not ours"));
  }

  private static QuarantinedReading reading(Wallet wallet) {
    return new QuarantinedReading(
        Examples.id(),
        wallet.id(),
        wallet.connectionId(),
        wallet.provider(),
        Strangeness.SUDDEN_ZERO,
        Examples.balance("0"),
        null,
        null,
        Examples.MORNING,
        Examples.MORNING,
        Source.API,
        Metadata.NONE,
        1,
        Examples.MORNING,
        Examples.MORNING,
        null);
  }
}
