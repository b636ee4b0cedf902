package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.balance.ExampleObservation.Attempt;
import io.walletsync.core.kernel.RequestKey;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every change is audited with all about it, and so is all that somebody asked for. */
final class AuditOfRecordingTest {
  private final RecordingFixture fixture = new RecordingFixture();

  @Test
  void aChangeIsAuditedWithEverythingAboutIt() {
    var actor = Examples.actor();
    var attempt = attempt(Examples.requestKey());

    var answer =
        fixture.record(
            fixture
                .reading(0, "100.5")
                .named("row-1")
                .by(Source.API, actor, "user-7")
                .settling(attempt));

    assertThat(fixture.auditEntries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo(actor);
              assertThat(entry.action()).isEqualTo("sync_balance");
              assertThat(entry.resource()).isEqualTo("wallet_balance_snapshot");
              assertThat(entry.subjectId()).isEqualTo(fixture.wallet.id().value());
              assertThat(entry.connectionId()).isEqualTo(fixture.wallet.connectionId().value());
              assertThat(entry.outcome()).isEqualTo("created");
              assertThat(entry.occurredAt()).isEqualTo(fixture.clock.instant());
              assertThat(entry.details())
                  .isEqualTo(
                      AuditEntry.facts(
                          "wallet_id", fixture.wallet.id().toString(),
                          "provider", "paystack",
                          "balance", "100.50",
                          "currency", "NGN",
                          "external_balance_id", "row-1",
                          "idempotency_key", attempt.requestKey().key().value(),
                          "user_id", "user-7",
                          "source", "api",
                          "snapshot_id", answer.snapshot().snapshotId().toString(),
                          "sequence", "1"));
            });
  }

  @Test
  void whatIsUnknownIsAuditedAsUnknown() {
    fixture.record(fixture.reading(0, "100"));

    assertThat(fixture.auditEntries().getFirst().details())
        .containsEntry("external_balance_id", null)
        .containsEntry("idempotency_key", null)
        .containsEntry("user_id", null);
  }

  @Test
  void whatSomebodyAskedForIsAuditedWhateverItCameTo() {
    fixture.recordAll(
        fixture.reading(10, "100").named("row-1"),
        fixture.reading(11, "100"),
        fixture.reading(12, "200").named("row-2"),
        fixture.reading(13, "100").named("row-1"),
        fixture.reading(5, "300"));

    assertThat(fixture.auditEntries().reversed())
        .extracting(AuditEntry::outcome)
        .containsExactly("created", "unchanged", "created", "duplicate", "superseded");
  }

  @Test
  void aReadingThatDiffersFromItsAnswerIsAuditedAsItWas() {
    fixture.recordAll(fixture.reading(10, "100"), fixture.reading(5, "300"));

    assertThat(fixture.auditEntries().getFirst().details())
        .containsEntry("balance", "300.00")
        .containsEntry("sequence", "1");
  }

  @Test
  void ofWhatTheScheduleAndWebhooksReadOnlyChangesAreAudited() {
    var system = Actor.system("schedule");

    fixture.recordAll(
        fixture.reading(10, "100").by(Source.SCHEDULE, system, null),
        fixture.reading(11, "100").by(Source.SCHEDULE, system, null),
        fixture.reading(12, "200").by(Source.WEBHOOK, system, null),
        fixture.reading(13, "200").by(Source.WEBHOOK, system, null));

    assertThat(fixture.auditEntries().reversed())
        .extracting(entry -> entry.details().get("source"))
        .containsExactly("schedule", "webhook");
  }

  private static Attempt attempt(RequestKey key) {
    return new Attempt(key, UUID.randomUUID());
  }
}
