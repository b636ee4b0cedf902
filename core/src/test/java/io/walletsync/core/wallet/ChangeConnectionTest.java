package io.walletsync.core.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.wallet.CallBudget.Period;
import io.walletsync.core.wallet.ChangeConnection.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ChangeConnectionTest {
  private final MutableClock clock = new MutableClock(Examples.MORNING);
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private final ChangeConnection useCase =
      new ChangeConnection(
          storage.connections(),
          storage.transactions(),
          new Auditor(storage.auditTrail(), new SequentialIds(), clock));
  private final Connection connection = kept();
  private final Actor actor = Examples.actor();

  @Test
  void setsOneLimitAndLeavesTheOther() {
    change(Map.of(Period.SECOND, 10));

    var changed = change(Map.of(Period.DAY, 5_000));

    assertThat(changed.callBudget()).isEqualTo(new CallBudget(10, 5_000));
    assertThat(storage.connections().find(connection.id(), Visibility.ALL)).contains(changed);
  }

  @Test
  void takesALimitAway() {
    change(Map.of(Period.SECOND, 10, Period.DAY, 5_000));
    var away = new HashMap<Period, @Nullable Integer>();
    away.put(Period.SECOND, null);

    assertThat(change(away).callBudget()).isEqualTo(new CallBudget(null, 5_000));
  }

  @Test
  void leavesATrace() {
    change(Map.of(Period.SECOND, 10));

    var entry = entries().getFirst();
    assertThat(entry.action()).isEqualTo("change_connection");
    assertThat(entry.outcome()).isEqualTo("changed");
    assertThat(entry.resource()).isEqualTo("connection");
    assertThat(entry.subjectId()).isEqualTo(connection.id().value());
    assertThat(entry.connectionId()).isEqualTo(connection.id().value());
    assertThat(entry.details())
        .isEqualTo(
            AuditEntry.facts("calls_per_second", "10", "calls_per_day", null, "schedule", null));
  }

  @Test
  void whatIsSetAlreadyChangesNothingAndLeavesNoTrace() {
    change(Map.of(Period.SECOND, 10));

    change(Map.of(Period.SECOND, 10));
    change(Map.of());

    assertThat(entries()).hasSize(1);
  }

  @Test
  void whatIsNotVisibleDoesNotExist() {
    var unseen = new Visibility(Set.of(Examples.id()));

    assertThat(
            useCase.change(
                new ChangeConnection.Command(
                    actor, unseen, connection.id(), Map.of(Period.SECOND, 1))))
        .isEqualTo(new Outcome.Unknown());
    assertThat(entries()).isEmpty();
  }

  private Connection change(Map<Period, @Nullable Integer> budget) {
    var outcome =
        useCase.change(
            new ChangeConnection.Command(actor, Visibility.ALL, connection.id(), budget));
    return ((Outcome.Changed) outcome).connection();
  }

  private Connection kept() {
    var made = Examples.connection();
    var credentials = Examples.credentials();
    storage.connections().add(made, credentials, credentials.get("secret_key"));
    return made;
  }

  private List<AuditEntry> entries() {
    return storage.auditTrail().page(new AuditTrail.Query(null, null, null, null, 100)).items();
  }
}
