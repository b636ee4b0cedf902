package io.walletsync.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.retention.ForgetExpired.Command;
import io.walletsync.core.retention.ForgetExpired.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForgetExpiredTest {
  private static final Perishable KIND = Perishable.NONCE;

  private final List<String> observed = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private int left;

  @Test
  void worksOffABacklogInSmallBatches() {
    left = 2_500;

    assertThat(forget(Duration.ofMinutes(1), false)).isEqualTo(new Outcome.Cleared(2_500));

    assertThat(batches).containsExactly(1_000, 1_000, 500);
    assertThat(observed)
        .containsExactly("NONCE 1000", "NONCE 1000", "NONCE 500", "NONCE ended Cleared[rows=2500]");
  }

  @Test
  void whereNothingIsPastItsTimeOneLookIsEnough() {
    assertThat(forget(Duration.ofMinutes(1), false)).isEqualTo(new Outcome.Cleared(0));

    assertThat(batches).containsExactly(0);
  }

  @Test
  void anExactlyFullBatchIsFollowedByALookWhetherThereIsMore() {
    left = 1_000;

    assertThat(forget(Duration.ofMinutes(1), false)).isEqualTo(new Outcome.Cleared(1_000));

    assertThat(batches).containsExactly(1_000, 0);
  }

  @Test
  void whenItsTimeIsUpTheRestIsLeftToTheNextRound() {
    left = 5_000;

    assertThat(forget(Duration.ZERO, false)).isEqualTo(new Outcome.MoreLeft(1_000));
    assertThat(left).isEqualTo(4_000);
    assertThat(forget(Duration.ZERO, false)).isEqualTo(new Outcome.MoreLeft(1_000));
  }

  @Test
  void aNodeThatStopsEndsAfterTheBatchItIsAt() {
    left = 5_000;

    assertThat(forget(Duration.ofMinutes(1), true)).isEqualTo(new Outcome.MoreLeft(1_000));
  }

  @Test
  void aRoundThatBreaksIsToldAndKeepsWhatItDid() {
    var forget =
        forgetting(
            atMost -> {
              if (batches.size() == 1) {
                throw new IllegalStateException("on purpose");
              }
              batches.add(atMost);
              return atMost;
            },
            Duration.ofMinutes(1));

    assertThatThrownBy(() -> forget.forget(new Command(KIND, () -> false)))
        .hasMessage("on purpose");

    assertThat(observed).containsExactly("NONCE 1000", "NONCE broke");
  }

  private Outcome forget(Duration longest, boolean isStopping) {
    return forgetting(this::some, longest).forget(new Command(KIND, () -> isStopping));
  }

  private int some(int atMost) {
    var some = Math.min(atMost, left);
    left -= some;
    batches.add(some);
    return some;
  }

  private ForgetExpired forgetting(ExpiredRows rows, Duration longest) {
    return new ForgetExpired(
        Map.of(KIND, rows),
        new RetentionObserver() {
          @Override
          public void forgot(Perishable kind, int rows) {
            observed.add(kind + " " + rows);
          }

          @Override
          public void ended(Perishable kind, Outcome outcome) {
            observed.add(kind + " ended " + outcome);
          }

          @Override
          public void broke(Perishable kind) {
            observed.add(kind + " broke");
          }
        },
        longest);
  }
}
