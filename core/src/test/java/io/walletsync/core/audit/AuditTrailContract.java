package io.walletsync.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.audit.AuditTrail.Query;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.kernel.Transactions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link AuditTrail} keeps: each entry as it was, in the order it came. */
public interface AuditTrailContract {
  Transactions transactions();

  AuditTrail auditTrail();

  @Test
  default void keepsAnEntryAsItIsDownToItsCanonicalBytes() {
    var entry =
        new AuditEntry(
            Examples.id(),
            Examples.MORNING,
            new Actor(
                Actor.Kind.API_KEY, Examples.id(), "key \"Ẽkó\" 💰", "2001:db8::1", "req/1 'x'"),
            "sync_balance",
            "wallet_balance_snapshot",
            Examples.id(),
            Examples.id(),
            "created",
            AuditEntry.facts(
                "unknown", null,
                "empty", "",
                "odd \\ \" name", "tab\t newline\n \u0001 \u007f \u2028 {\"a\":1} ? :b $1",
                "amount", "999999999999999999.999999999999999999"));

    append(entry);

    var kept = list(about(entry.subjectId())).getFirst();
    assertThat(kept).isEqualTo(entry);
    assertThat(kept.canonicalBytes()).isEqualTo(entry.canonicalBytes());
  }

  @Test
  default void keepsAnEntryOnceHoweverOftenItIsAppended() {
    var entry =
        new AuditEntry(
            Examples.id(),
            Examples.MORNING,
            Examples.actor(),
            "sync_balance",
            "wallet_balance_snapshot",
            Examples.id(),
            null,
            "failed",
            AuditEntry.facts());
    append(entry);

    append(entry);

    assertThat(list(about(entry.subjectId()))).containsExactly(entry);
  }

  @Test
  default void keepsWhatIsUnknownAsUnknown() {
    var subject = Examples.id();
    var entry =
        new AuditEntry(
            Examples.id(),
            Examples.MORNING,
            new Actor(Actor.Kind.UNKNOWN, Actor.NOBODY, "somebody", null, null),
            "authenticate",
            "api_key",
            subject,
            null,
            "refused",
            AuditEntry.facts());

    append(entry);

    var kept = list(about(subject)).getFirst();
    assertThat(kept).isEqualTo(entry);
    assertThat(kept.canonicalBytes()).isEqualTo(entry.canonicalBytes());
  }

  @Test
  default void aRolledBackChangeLeavesNoEntry() {
    var entry = entry("close_wallet", Examples.id(), Examples.id());

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          auditTrail().append(List.of(entry));
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(list(about(entry.subjectId()))).isEmpty();
  }

  @Test
  default void appendingNothingIsNoError() {
    var subject = Examples.id();

    append();

    assertThat(list(about(subject))).isEmpty();
  }

  @Test
  default void listsNewestFirstPageByPage() {
    var subject = Examples.id();
    var first = entry("a", subject, null);
    var second = entry("b", subject, null);
    var third = entry("c", subject, null);
    append(first, second);
    append(entry("b", Examples.id(), null));
    append(third);

    assertThat(page(subject, null, 2)).isEqualTo(new Page<>(List.of(third, second), true));
    assertThat(page(subject, second.entryId(), 2)).isEqualTo(new Page<>(List.of(first), false));
    assertThat(page(subject, null, 3)).isEqualTo(new Page<>(List.of(third, second, first), false));
    assertThat(page(subject, first.entryId(), 2).items()).isEmpty();
  }

  @Test
  default void listsOnlyWhatIsAskedFor() {
    var subject = Examples.id();
    var connection = Examples.id();
    var sync = entry("sync_balance", subject, connection);
    var close = entry("close_wallet", subject, connection);
    var other = entry("sync_balance", Examples.id(), connection);
    append(sync, close, other);
    var connections = Set.of(connection);

    assertThat(list(new Query(null, null, connections, null, 10)))
        .containsExactly(other, close, sync);
    assertThat(list(new Query("sync_balance", null, connections, null, 10)))
        .containsExactly(other, sync);
    assertThat(list(new Query(null, subject, connections, null, 10))).containsExactly(close, sync);
    assertThat(list(new Query("sync_balance", subject, connections, null, 10)))
        .containsExactly(sync);
    assertThat(list(new Query("sync_balance", null, connections, other.entryId(), 10)))
        .containsExactly(sync);
    assertThat(list(new Query("SYNC_BALANCE", subject, null, null, 10))).isEmpty();
  }

  @Test
  default void aLimitedCallerSeesOnlyEntriesAboutItsConnections() {
    var subject = Examples.id();
    var mine = entry("change", subject, Examples.id());
    var mineToo = entry("change", subject, Examples.id());
    var foreign = entry("change", subject, Examples.id());
    var nobodys = entry("change", subject, null);
    append(mine, mineToo, foreign, nobodys);

    assertThat(
            list(
                new Query(
                    null, subject, Set.of(connectionOf(mine), connectionOf(mineToo)), null, 10)))
        .containsExactly(mineToo, mine);
    assertThat(list(new Query(null, subject, Set.of(), null, 10))).isEmpty();
    assertThat(list(about(subject))).containsExactly(nobodys, foreign, mineToo, mine);
  }

  @Test
  default void entriesOfManyThreadsAreAllKept() {
    var subject = Examples.id();

    var entries =
        Concurrently.call(
            8,
            number -> {
              var entry = entry("change-" + number, subject, null);
              append(entry);
              return entry;
            });

    assertThat(list(about(subject))).containsExactlyInAnyOrderElementsOf(entries);
  }

  private void append(AuditEntry... entries) {
    transactions()
        .inTransaction(
            () -> {
              auditTrail().append(List.of(entries));
              return entries;
            });
  }

  private Page<AuditEntry> page(UUID subject, @Nullable UUID before, int limit) {
    return auditTrail().page(new Query(null, subject, null, before, limit));
  }

  private List<AuditEntry> list(Query query) {
    return auditTrail().page(query).items();
  }

  private static Query about(UUID subject) {
    return new Query(null, subject, null, null, 10);
  }

  private static UUID connectionOf(AuditEntry entry) {
    var connection = entry.connectionId();
    if (connection == null) {
      throw new AssertionError("this entry has no connection");
    }
    return connection;
  }

  private static AuditEntry entry(String action, UUID subject, @Nullable UUID connection) {
    return new AuditEntry(
        Examples.id(),
        Examples.MORNING,
        Examples.actor(),
        action,
        "wallet",
        subject,
        connection,
        "done",
        AuditEntry.facts("name", "value"));
  }
}
