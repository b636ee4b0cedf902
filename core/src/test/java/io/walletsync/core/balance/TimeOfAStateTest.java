package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** A state has the time that the provider gives it, where that fits between its neighbours. */
final class TimeOfAStateTest {
  private static final Duration MICROSECOND = Duration.of(1, ChronoUnit.MICROS);

  private final RecordingFixture fixture = new RecordingFixture();

  private final Instant previous = Examples.MORNING.plusSeconds(100);

  @Test
  void withoutAProviderTimeItIsTheTimeOfTheReply() {
    fixture.record(fixture.reading(99, "100"));
    var next = fixture.reading(200, "200");

    assertThat(fixture.record(next).snapshot().asOf()).isEqualTo(next.observedAt());
  }

  @Test
  void theProvidersTimeBetweenThePreviousStateAndTheReplyCounts() {
    assertThat(asOfFirst()).isEqualTo(previous);
    var time = previous.plusSeconds(50);

    assertThat(asOfNext(time)).isEqualTo(time);
  }

  @Test
  void theProvidersTimeOneMicrosecondAfterThePreviousStateCounts() {
    asOfFirst();
    var time = previous.plus(MICROSECOND);

    assertThat(asOfNext(time)).isEqualTo(time);
  }

  @Test
  void theProvidersTimeEqualToTheReplyCounts() {
    asOfFirst();
    var time = fixture.reading(200, "200").observedAt();

    assertThat(asOfNext(time)).isEqualTo(time);
  }

  @Test
  void aProviderTimeEqualToThePreviousStateDoesNotCount() {
    asOfFirst();

    assertThat(asOfNext(previous)).isEqualTo(fixture.reading(200, "200").observedAt());
  }

  @Test
  void aProviderTimeBehindThePreviousStateDoesNotCount() {
    asOfFirst();

    assertThat(asOfNext(previous.minusSeconds(1)))
        .isEqualTo(fixture.reading(200, "200").observedAt());
  }

  @Test
  void aProviderTimeInTheFutureDoesNotCount() {
    asOfFirst();
    var observedAt = fixture.reading(200, "200").observedAt();

    assertThat(asOfNext(observedAt.plus(MICROSECOND))).isEqualTo(observedAt);
  }

  @Test
  void aReplyNotAfterThePreviousStateIsPutOneMicrosecondBehindIt() {
    fixture.record(fixture.reading(99, "100").took(Duration.ofSeconds(60)));
    var asOf = fixture.latest().snapshot().asOf();

    var second = fixture.record(fixture.reading(99, "200").took(Duration.ofSeconds(1)));
    var third =
        fixture.record(fixture.reading(100, "300").took(Duration.ofSeconds(59)).providerTime(asOf));

    assertThat(second.snapshot().asOf()).isEqualTo(asOf.plus(MICROSECOND));
    assertThat(third.snapshot().asOf()).isEqualTo(asOf.plus(MICROSECOND).plus(MICROSECOND));
  }

  @Test
  void theFirstStateMayBeAsOldAsTheProviderSays() {
    var years = Examples.MORNING.minus(Duration.ofDays(3_000));

    var answer = fixture.record(fixture.reading(0, "100").providerTime(years));

    assertThat(answer.snapshot().asOf()).isEqualTo(years);
    assertThat(answer.snapshot().providerTime()).isEqualTo(years);
  }

  @Test
  void theFirstStateIsNotFromTheFuture() {
    var reading = fixture.reading(0, "100");
    var future = reading.observedAt().plus(MICROSECOND);

    assertThat(fixture.record(reading.providerTime(future)).snapshot().asOf())
        .isEqualTo(reading.observedAt());
  }

  @Test
  void theFirstStateMayBeAsNewAsTheReply() {
    var reading = fixture.reading(0, "100");

    assertThat(fixture.record(reading.providerTime(reading.observedAt())).snapshot().asOf())
        .isEqualTo(reading.observedAt());
  }

  @Test
  void theProvidersTimeIsKeptEvenWhereItDoesNotCount() {
    asOfFirst();
    var future = previous.plus(Duration.ofDays(1));

    assertThat(
            fixture
                .record(fixture.reading(200, "200").providerTime(future))
                .snapshot()
                .providerTime())
        .isEqualTo(future);
  }

  private Instant asOfFirst() {
    return fixture.record(fixture.reading(99, "100").took(Duration.ofSeconds(1))).snapshot().asOf();
  }

  private Instant asOfNext(Instant providerTime) {
    return fixture.record(fixture.reading(200, "200").providerTime(providerTime)).snapshot().asOf();
  }
}
