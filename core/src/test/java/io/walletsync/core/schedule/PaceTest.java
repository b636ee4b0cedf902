package io.walletsync.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.SyncSchedule;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final SyncSchedule ADAPTIVE = new SyncSchedule(MINUTE, HOUR);

  @Test
  void aFixedScheduleHasOneInterval() {
    var fixed = new SyncSchedule(HOUR, null);

    assertThat(Pace.after(fixed, null, null, answer(Verdict.UNCHANGED, "1"))).isEqualTo(HOUR);
    assertThat(Pace.after(fixed, MINUTE, null, answer(Verdict.CREATED, "1"))).isEqualTo(HOUR);
  }

  @Test
  void slowsDownByHalfWhileNothingChanges() {
    assertThat(after(null, "100", Verdict.UNCHANGED, "100")).isEqualTo(Duration.ofSeconds(90));
    assertThat(after(Duration.ofSeconds(90), "100", Verdict.UNCHANGED, "100"))
        .isEqualTo(Duration.ofSeconds(135));
    assertThat(after(Duration.ofMinutes(50), "100", Verdict.UNCHANGED, "100")).isEqualTo(HOUR);
  }

  @Test
  void isTwiceAsFastOnceTheBalanceMoves() {
    assertThat(after(HOUR, "100", Verdict.CREATED, "101")).isEqualTo(Duration.ofMinutes(30));
    assertThat(after(MINUTE, "100", Verdict.CREATED, "101")).isEqualTo(MINUTE);
  }

  @Test
  void isFastestAtOnceWhereTheBalanceMovesALot() {
    assertThat(after(HOUR, "100", Verdict.CREATED, "110")).isEqualTo(MINUTE);
    assertThat(after(HOUR, "100", Verdict.CREATED, "90")).isEqualTo(MINUTE);
    assertThat(after(HOUR, "-100", Verdict.CREATED, "-110")).isEqualTo(MINUTE);
    assertThat(after(HOUR, "100", Verdict.CREATED, "109.99")).isEqualTo(Duration.ofMinutes(30));
    assertThat(after(HOUR, "0", Verdict.CREATED, "0.01")).isEqualTo(MINUTE);
    assertThat(after(HOUR, null, Verdict.CREATED, "1")).isEqualTo(MINUTE);
  }

  @Test
  void isFastestWhileInDoubtAndUnmovedByOldNews() {
    assertThat(after(HOUR, "100", Verdict.QUARANTINED, "100")).isEqualTo(MINUTE);
    assertThat(after(HOUR, "100", Verdict.DUPLICATE, "100")).isEqualTo(HOUR);
    assertThat(after(HOUR, "100", Verdict.SUPERSEDED, "100")).isEqualTo(HOUR);
  }

  @Test
  void staysWithinBoundsThatWereChanged() {
    assertThat(after(Duration.ofHours(5), "100", Verdict.DUPLICATE, "100")).isEqualTo(HOUR);
  }

  private static Duration after(
      @Nullable Duration pace, @Nullable String known, Verdict verdict, String now) {
    return Pace.after(
        ADAPTIVE, pace, known == null ? null : Examples.naira(known), answer(verdict, now));
  }

  private static Recorded answer(Verdict verdict, String available) {
    var snapshot =
        new WalletBalanceSnapshot(
            Examples.id(),
            new WalletId(Examples.id()),
            1,
            Examples.PAYSTACK,
            Balance.available(Examples.naira(available)),
            null,
            Examples.MORNING,
            null,
            Examples.MORNING,
            Examples.MORNING,
            Source.SCHEDULE,
            null,
            Metadata.NONE,
            Examples.MORNING);
    return new Recorded.Answer(verdict, snapshot, Examples.MORNING, false);
  }
}
