package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.Recorded.Verdict;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** A reading that is late is kept aside, and replaces and confirms nothing. */
final class OrderOfReadingsTest {
  private static final Duration MICROSECOND = Duration.of(1, ChronoUnit.MICROS);

  private final RecordingFixture fixture = new RecordingFixture();

  @Test
  void aReadingWhoseCallStartedBeforeTheCurrentOneIsKeptAside() {
    var current = fixture.record(fixture.reading(10, "200"));
    var before = fixture.latest();
    var late = fixture.reading(9, "100").named("row-1").took(Duration.ofSeconds(60));

    var answer = fixture.record(late);

    assertThat(answer.verdict()).isEqualTo(Verdict.SUPERSEDED);
    assertThat(answer.snapshot()).isEqualTo(current.snapshot());
    assertThat(answer.confirmedAt()).isEqualTo(current.confirmedAt());
    assertThat(fixture.latest()).isEqualTo(before);
    assertThat(fixture.storage.allSnapshots()).hasSize(1);
    assertThat(fixture.storage.allLateReadings())
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.observation()).isEqualTo(late.observation());
              assertThat(kept.recordedAt()).isEqualTo(fixture.clock.instant());
            });
  }

  @Test
  void evenALateReadingThatAgreesMovesNoConfirmation() {
    fixture.record(fixture.reading(10, "100"));
    var before = fixture.latest();

    assertThat(fixture.record(fixture.reading(9, "100").took(Duration.ofSeconds(60))).verdict())
        .isEqualTo(Verdict.SUPERSEDED);
    assertThat(fixture.latest()).isEqualTo(before);
    assertThat(fixture.storage.allLateReadings()).hasSize(1);
  }

  @Test
  void aReadingOlderThanTheLastConfirmationIsLateToo() {
    fixture.record(fixture.reading(0, "100"));
    fixture.record(fixture.reading(20, "100"));

    assertThat(fixture.record(fixture.reading(10, "200")).verdict()).isEqualTo(Verdict.SUPERSEDED);
    assertThat(fixture.storage.allSnapshots()).hasSize(1);
  }

  @Test
  void aMicrosecondDecides() {
    fixture.record(fixture.reading(10, "100"));
    var start = Examples.MORNING.plusSeconds(10);

    assertThat(
            fixture.record(fixture.reading(0, "200").startedAt(start.minus(MICROSECOND))).verdict())
        .isEqualTo(Verdict.SUPERSEDED);
    assertThat(fixture.record(fixture.reading(0, "200").startedAt(start)).verdict())
        .isEqualTo(Verdict.CREATED);
  }

  @Test
  void aLateReadingsIdStaysFree() {
    fixture.record(fixture.reading(10, "200"));
    fixture.record(fixture.reading(0, "100").named("row-1"));

    var answer = fixture.record(fixture.reading(20, "100").named("row-1"));

    assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
    assertThat(answer.snapshot().externalId()).isEqualTo(new ExternalBalanceId("row-1"));
  }

  @Test
  void aDuplicateMovesNoOrderEither() {
    fixture.record(fixture.reading(0, "100").named("row-1"));
    fixture.record(fixture.reading(10, "200").named("row-2"));
    fixture.record(fixture.reading(30, "100").named("row-1"));

    assertThat(fixture.record(fixture.reading(20, "300").named("row-3")).verdict())
        .isEqualTo(Verdict.CREATED);
  }
}
