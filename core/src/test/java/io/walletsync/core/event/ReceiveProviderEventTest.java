package io.walletsync.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.event.EventObserver.Delivered;
import io.walletsync.core.event.ProviderEvent.Status;
import io.walletsync.core.event.ProviderEvents.Volume;
import io.walletsync.core.event.ReceiveProviderEvent.Command;
import io.walletsync.core.event.ReceiveProviderEvent.Outcome;
import io.walletsync.core.provider.ScriptedBalanceProvider;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Only the provider of an open connection is heard, and each of its events is kept once. */
class ReceiveProviderEventTest {
  private final EventFixture fixture = new EventFixture();

  @Test
  void whatIsGenuineIsKeptOnce() {
    assertThat(fixture.receive("charge NGN")).isEqualTo(new Outcome.Accepted());
    assertThat(fixture.receive("charge NGN")).isEqualTo(new Outcome.Duplicate());
    assertThat(fixture.receive("noise -")).isEqualTo(new Outcome.Accepted());

    assertThat(fixture.events())
        .extracting(ProviderEvent::status)
        .containsExactlyInAnyOrder(Status.WAITING, Status.IGNORED);
    assertThat(fixture.delivered)
        .containsExactly(Delivered.ACCEPTED, Delivered.DUPLICATE, Delivered.IGNORED);
  }

  @Test
  void whateverIsNotGenuineIsRefusedAlikeAndAfterTheSameWork() {
    var removed = fixture.connected();
    fixture.connections().remove(removed.id());
    var others = fixture.connected(Examples.connection(Examples.FINCRA));
    var right = fixture.connection.id().toString();
    var forged = "forged";
    var commands =
        Stream.of(
            EventFixture.command(right, forged, "a *"),
            EventFixture.command(UUID.randomUUID().toString(), forged, "a *"),
            EventFixture.command(removed.id().toString(), forged, "a *"),
            EventFixture.command(others.id().toString(), forged, "a *"),
            EventFixture.command("1-1-1-1-1", forged, "a *"),
            EventFixture.command("", forged, "a *"),
            new Command("paystack", right, "::1", new Delivery(Map.of(), new byte[0])),
            new Command(
                "fincra",
                right,
                "::1",
                new Delivery(Map.of("proof", EventFixture.SECRET), new byte[0])),
            new Command(
                "nobody",
                right,
                "::1",
                new Delivery(Map.of("proof", EventFixture.SECRET), new byte[0])));

    assertThat(commands)
        .allSatisfy(
            command -> {
              var before = fixture.reader.verified.get();
              assertThat(fixture.receiving().receive(command)).isEqualTo(new Outcome.NotGenuine());
              assertThat(fixture.reader.verified.get()).isEqualTo(before + 1);
            });
    assertThat(fixture.events()).isEmpty();
    assertThat(fixture.delivered).containsOnly(Delivered.REFUSED);
  }

  @Test
  void whoeverIsRefusedTooOftenIsNotVerifiedForAWhile() {
    var forged = EventFixture.command(fixture.connection.id().toString(), "forged", "a *");
    for (var i = 0; i < RefusedDeliveries.MOST_A_MINUTE; i++) {
      assertThat(fixture.receiving().receive(forged)).isEqualTo(new Outcome.NotGenuine());
    }
    var verified = fixture.reader.verified.get();

    assertThat(fixture.receiving().receive(forged)).isInstanceOf(Outcome.RefusedTooOften.class);
    assertThat(fixture.receive("charge NGN")).isInstanceOf(Outcome.RefusedTooOften.class);
    assertThat(fixture.reader.verified.get()).isEqualTo(verified);

    var elsewhere = new Command("paystack", forged.connection(), "192.0.2.8", forged.delivery());
    assertThat(fixture.receiving().receive(elsewhere)).isEqualTo(new Outcome.NotGenuine());
    fixture.clock.advance(Duration.ofMinutes(1));
    assertThat(fixture.receive("charge NGN")).isEqualTo(new Outcome.Accepted());
  }

  @Test
  void refusalsAreAuditedOnceAMinute() {
    var known = fixture.connection.id().toString();
    for (var i = 0; i < 7; i++) {
      fixture.receiving().receive(EventFixture.command(known, "forged", "a *"));
    }
    fixture.receiving().receive(EventFixture.command("\u001b[31m" + "x".repeat(99), "", "a *"));
    fixture.refused.tick();
    assertThat(fixture.audited("receive_provider_event")).isEmpty();
    fixture.clock.advance(Duration.ofMinutes(1));

    fixture.refused.tick();
    fixture.refused.tick();

    var entries = fixture.audited("receive_provider_event");
    assertThat(entries).hasSize(2);
    assertThat(entries)
        .filteredOn(entry -> entry.subjectId().equals(fixture.connection.id().value()))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.details()).containsEntry("count", "7");
              assertThat(entry.outcome()).isEqualTo("refused");
              assertThat(entry.actor().address()).isEqualTo(EventFixture.ADDRESS);
            });
    assertThat(entries)
        .anySatisfy(
            entry ->
                assertThat(entry.details())
                    .containsEntry("claimed_connection", "?[31m" + "x".repeat(31)));
  }

  @Test
  void aFloodOfMadeUpConnectionsIsCountedTogetherAndShutsNobodyOut() {
    for (var i = 0; i < 1_500; i++) {
      fixture
          .receiving()
          .receive(EventFixture.command(UUID.randomUUID().toString(), "forged", "a *"));
    }

    assertThat(fixture.receive("charge NGN")).isEqualTo(new Outcome.Accepted());
    fixture.refused.flush();
    var entries = fixture.audited("receive_provider_event");
    assertThat(entries).hasSize(1_001);
    assertThat(entries)
        .anySatisfy(entry -> assertThat(entry.details()).containsEntry("count", "500"));
  }

  @Test
  void beyondTheCapNothingIsStoredButASyncIsDue() {
    var cap = new InboxCap(fixture.providerEvents(), new Volume(2, 1_000), Duration.ofHours(1));
    assertThat(receive(cap, "a NGN")).isEqualTo(new Outcome.Accepted());
    assertThat(receive(cap, "b -")).isEqualTo(new Outcome.Accepted());

    assertThat(receive(cap, "c NGN")).isInstanceOf(Outcome.InboxFull.class);
    assertThat(receive(cap, "d NGN")).isInstanceOf(Outcome.InboxFull.class);

    assertThat(fixture.events()).hasSize(2);
    fixture.provider.always(ScriptedBalanceProvider.reading(Examples.balance("5")));
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(fixture.sync()).isEqualTo(new SyncAfterEvents.Outcome.Served(1));
    fixture.clock.advance(Duration.ofSeconds(10));
    assertThat(fixture.isDue()).isFalse();
    assertThat(receive(cap, "e NGN")).isInstanceOf(Outcome.InboxFull.class);
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(fixture.isDue()).isTrue();
    assertThat(fixture.delivered).contains(Delivered.INBOX_FULL);
  }

  @Test
  void theCapCountsBytesTooAndForgetsAfterAnHour() {
    var cap = new InboxCap(fixture.providerEvents(), new Volume(9, 9), Duration.ZERO);
    assertThat(receive(cap, "a NGN")).isEqualTo(new Outcome.Accepted());
    assertThat(receive(cap, "b NGN")).isInstanceOf(Outcome.InboxFull.class);
    assertThat(receive(cap, "c *")).isEqualTo(new Outcome.Accepted());

    fixture.clock.advance(Duration.ofMinutes(61));

    assertThat(receive(cap, "d NGN")).isEqualTo(new Outcome.Accepted());
  }

  @Test
  void whatAProviderCallsThingsIsKeptOnlyWherePrintable() {
    fixture.receive("\u0000\u0007 *");

    assertThat(fixture.events())
        .extracting(event -> event.notice().type())
        .containsExactly(Notice.UNKNOWN);
  }

  @Test
  void aBodyThatWasNotReadIsTooLarge() {
    var command = new Command("paystack", fixture.connection.id().toString(), "192.0.2.7", null);

    assertThat(fixture.receiving().receive(command)).isEqualTo(new Outcome.TooLarge());
    assertThat(fixture.delivered).containsExactly(Delivered.TOO_LARGE);
  }

  private Outcome receive(InboxCap cap, String body) {
    return fixture
        .receiving(cap)
        .receive(
            EventFixture.command(fixture.connection.id().toString(), EventFixture.SECRET, body));
  }
}
