package io.walletsync.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailedAuthenticationsTest {
  private final AccessExample access = new AccessExample();
  private final RequestExample example = new RequestExample();

  @Test
  void writesTheFirstFiveOfAMinuteOneByOneAndTheRestAsOne() {
    fail("shop", 12);
    assertThat(access.audited).hasSize(5);
    access.failures.tick();
    assertThat(access.audited).hasSize(5);
    access.clock.step(Duration.ofMinutes(1));
    access.failures.tick();
    assertThat(access.audited).hasSize(6);
    var counted = access.audited.getLast();
    assertThat(counted.details())
        .containsEntry("count", "7")
        .containsEntry("reason", "mismatch")
        .containsEntry("claimed_key", "shop");
    assertThat(counted.outcome()).isEqualTo("refused");
    access.clock.step(Duration.ofMinutes(1));
    access.failures.tick();
    assertThat(access.audited).hasSize(6);
  }

  @Test
  void startsAnewEveryMinute() {
    fail("shop", 6);
    access.clock.step(Duration.ofMinutes(1));
    fail("shop", 1);
    assertThat(access.audited)
        .extracting(entry -> entry.details().get("count"))
        .containsExactly(null, null, null, null, null, "1", null);
  }

  @Test
  void countsEachClaimedKeyByItself() {
    fail("one", 5);
    fail("two", 5);
    assertThat(access.audited).hasSize(10);
  }

  @Test
  void losesNothingWhenTheProcessEnds() {
    fail("shop", 8);
    access.failures.flush();
    assertThat(access.audited.getLast().details()).containsEntry("count", "3");
    access.failures.flush();
    assertThat(access.audited).hasSize(6);
    fail("shop", 1);
    assertThat(access.audited).hasSize(6);
    access.failures.flush();
    assertThat(access.audited.getLast().details()).containsEntry("count", "1");
  }

  @Test
  void remembersABoundedNumberOfSources() {
    for (var i = 0; i < 1_500; i++) {
      fail("key-" + i, 1);
    }
    assertThat(access.audited).hasSize(1_000);
    access.failures.flush();
    assertThat(access.audited).hasSize(1_001);
    var rest = access.audited.getLast();
    assertThat(rest.details()).containsEntry("count", "500").containsEntry("claimed_key", null);
    assertThat(rest.actor().name()).isEqualTo("many");
  }

  @Test
  void cutsAndCleansWhatTheCallerClaims() {
    access.failures.record(example.request(), Flaw.UNKNOWN_KEY, "ä\n" + "k".repeat(100), null);
    var entry = access.audited.getFirst();
    assertThat(entry.details()).containsEntry("claimed_key", "??" + "k".repeat(62));
    assertThat(entry.subjectId()).isEqualTo(Actor.NOBODY);
  }

  @Test
  void keepsWhatTheTrailDidNotTake() {
    var flaky = new FlakyTrail();
    var failures =
        new FailedAuthentications(
            new Auditor(flaky, access.ids, access.clock), access.transactions, access.clock);
    flaky.broken = true;
    assertThatThrownBy(() -> failures.record(example.request(), Flaw.MISMATCH, "shop", null))
        .hasMessage("the trail is away");
    flaky.broken = false;
    failures.tick();
    assertThat(flaky.entries).hasSize(1);
  }

  private void fail(String keyId, int times) {
    for (var i = 0; i < times; i++) {
      access.failures.record(example.request(), Flaw.MISMATCH, keyId, null);
    }
  }

  private static final class FlakyTrail implements AuditTrail {
    private final List<AuditEntry> entries = new ArrayList<>();
    private boolean broken;

    @Override
    public void append(List<AuditEntry> more) {
      if (broken) {
        throw new IllegalStateException("the trail is away");
      }
      entries.addAll(more);
    }

    @Override
    public Page<AuditEntry> page(Query query) {
      return new Page<>(entries, false);
    }
  }
}
