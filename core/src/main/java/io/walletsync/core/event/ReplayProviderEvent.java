package io.walletsync.core.event;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Visibility;
import java.util.UUID;

/**
 * Use case: let an event wait again, read as we read it today, so that a type that was unknown when
 * it came is understood now. One that waits already is left as it is.
 */
public final class ReplayProviderEvent {
  private final ProviderEvents events;
  private final Connections connections;
  private final WebhookReaders readers;
  private final Transactions transactions;
  private final Auditor auditor;

  public ReplayProviderEvent(
      ProviderEvents events,
      Connections connections,
      WebhookReaders readers,
      Transactions transactions,
      Auditor auditor) {
    this.events = events;
    this.connections = connections;
    this.readers = readers;
    this.transactions = transactions;
    this.auditor = auditor;
  }

  public Outcome replay(Command command) {
    return transactions.inTransaction(() -> replayLocked(command));
  }

  private Outcome replayLocked(Command command) {
    var event = events.lock(command.event(), command.visibility()).orElse(null);
    if (event == null) {
      return new Outcome.Unknown();
    }
    if (event.status() == ProviderEvent.Status.WAITING) {
      return new Outcome.Waiting(event);
    }
    var reader = connections.find(event.connection(), command.visibility()).flatMap(readers::of);
    var body = events.body(event.id());
    if (reader.isEmpty() || body.isEmpty()) {
      return new Outcome.ConnectionRemoved();
    }
    events.restart(event.id(), ReceiveProviderEvent.storable(reader.get().read(body.get())));
    auditor.append(
        auditor.entry(
            command.actor(),
            "replay_provider_event",
            "provider_event",
            event.connection().value(),
            event.connection().value(),
            "replayed",
            AuditEntry.facts("event_id", event.id().toString(), "type", event.notice().type())));
    return events
        .find(event.id(), command.visibility())
        .<Outcome>map(Outcome.Waiting::new)
        .orElseGet(Outcome.Unknown::new);
  }

  /** Which event. */
  public record Command(Actor actor, Visibility visibility, UUID event) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** As it is now: waiting, or ignored where it turned out to move no money. */
    record Waiting(ProviderEvent event) implements Outcome {}

    /** There is nobody to ask any more. */
    record ConnectionRemoved() implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
