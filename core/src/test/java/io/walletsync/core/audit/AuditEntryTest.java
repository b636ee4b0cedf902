package io.walletsync.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AuditEntryTest {
  private static final UUID ONE = new UUID(0, 1);

  @Test
  void canonicalBytesHoldEveryFieldInSortedOrder() {
    var entry =
        new AuditEntry(
            new UUID(0, 7),
            Instant.parse("2026-11-22T08:00:00.120Z"),
            new Actor(Actor.Kind.API_KEY, new UUID(0, 2), "wsk_é", "192.0.2.7", "req-1"),
            "sync_balance",
            "wallet_balance_snapshot",
            ONE,
            new UUID(0, 3),
            "created",
            AuditEntry.facts("unknown", null, "balance", "1.00"));

    assertThat(new String(entry.canonicalBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"action\":\"sync_balance\",\"actor_address\":\"192.0.2.7\","
                + "\"actor_id\":\"00000000-0000-0000-0000-000000000002\","
                + "\"actor_kind\":\"API_KEY\",\"actor_name\":\"wsk_é\","
                + "\"connection_id\":\"00000000-0000-0000-0000-000000000003\","
                + "\"details\":{\"balance\":\"1.00\",\"unknown\":null},"
                + "\"entry_id\":\"00000000-0000-0000-0000-000000000007\","
                + "\"occurred_at\":\"2026-11-22T08:00:00.120Z\",\"outcome\":\"created\","
                + "\"request_id\":\"req-1\",\"resource\":\"wallet_balance_snapshot\","
                + "\"subject_id\":\"00000000-0000-0000-0000-000000000001\"}");
  }

  @Test
  void whatIsUnknownIsNull() {
    var entry =
        new AuditEntry(
            ONE,
            Instant.EPOCH,
            Actor.system("schedule"),
            "a",
            "r",
            Actor.NOBODY,
            null,
            "o",
            AuditEntry.facts());

    assertThat(new String(entry.canonicalBytes(), StandardCharsets.UTF_8))
        .contains("\"actor_address\":null", "\"connection_id\":null", "\"request_id\":null")
        .contains("\"details\":{}", "\"actor_name\":\"schedule\"", "\"actor_kind\":\"SYSTEM\"");
  }

  @Test
  void detailsNeverChangeAfterwards() {
    var facts = AuditEntry.facts("name", "value");
    var entry =
        new AuditEntry(ONE, Instant.EPOCH, Actor.system("test"), "a", "r", ONE, null, "o", facts);

    facts.put("name", "other");

    assertThat(entry.details()).containsOnlyKeys("name").containsEntry("name", "value");
  }
}
