package io.walletsync.core.subscription;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.channel.Channel;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.EventFilter;
import io.walletsync.core.subscription.Subscription.State;
import io.walletsync.core.wallet.Visibility;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Use case: change what a subscription is told and where, pause it, or let it go on. */
public final class ChangeSubscription {
  private final Subscriptions subscriptions;
  private final Transactions transactions;
  private final SubscriptionAudit audit;
  private final InstantSource clock;

  public ChangeSubscription(
      Subscriptions subscriptions,
      Transactions transactions,
      Auditor auditor,
      InstantSource clock) {
    this.subscriptions = subscriptions;
    this.transactions = transactions;
    this.audit = new SubscriptionAudit(auditor);
    this.clock = clock;
  }

  public Outcome change(Command command) {
    return transactions.inTransaction(
        () ->
            subscriptions
                .lock(command.id(), command.visibility())
                .map(locked -> change(command, locked))
                .orElseGet(Outcome.Unknown::new));
  }

  private Outcome change(Command command, Subscription before) {
    if (command.channel() != null && command.channel().kind() != before.channel().kind()) {
      return new Outcome.OtherChannel(before.channel().kind());
    }
    if (command.isPaused() != null && before.state() == State.DISABLED) {
      return new Outcome.Disabled();
    }
    var state =
        command.isPaused() == null
            ? before.state()
            : command.isPaused() ? State.PAUSED : State.ACTIVE;
    var after =
        new Subscription(
            before.id(),
            Objects.requireNonNullElse(command.name(), before.name()),
            Objects.requireNonNullElse(command.channel(), before.channel()),
            Objects.requireNonNullElse(command.filter(), before.filter()),
            before.limit(),
            state,
            before.disabledReason(),
            before.disabledAt(),
            before.since(),
            before.createdAt(),
            before.updatedAt(),
            before.health());
    if (after.equals(before)) {
      return new Outcome.Changed(before);
    }
    var changed =
        new Subscription(
            after.id(),
            after.name(),
            after.channel(),
            after.filter(),
            after.limit(),
            after.state(),
            after.disabledReason(),
            after.disabledAt(),
            after.since(),
            after.createdAt(),
            Microseconds.cut(clock.instant()),
            after.health());
    subscriptions.update(changed);
    audit.append(
        command.actor(),
        "change",
        changed,
        "changed",
        "state",
        changed.state().code(),
        "address_changed",
        Boolean.toString(!changed.channel().equals(before.channel())),
        "filter_changed",
        Boolean.toString(!changed.filter().equals(before.filter())));
    return new Outcome.Changed(changed);
  }

  /** What to change; null leaves it as it is. */
  public record Command(
      Actor actor,
      Visibility visibility,
      UUID id,
      @Nullable String name,
      @Nullable Channel channel,
      @Nullable EventFilter filter,
      @Nullable Boolean isPaused) {}

  /** What came of it. */
  public sealed interface Outcome {
    record Changed(Subscription now) implements Outcome {}

    record Unknown() implements Outcome {}

    /** What goes elsewhere in another form is another subscription. */
    record OtherChannel(Channel.Kind kind) implements Outcome {}

    /** It must be enabled first, so that nobody does so unawares. */
    record Disabled() implements Outcome {}
  }
}
