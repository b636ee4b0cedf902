package io.walletsync.core.alert;

import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.Alert.Resolved;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: the alerts. Each change happens only where the state it starts from still holds, and
 * what is returned is what happened. All writing happens in the caller's open transaction.
 */
public interface Alerts {
  /** The version of the rules, and what holds about these wallets; one look. */
  Watch watch(Set<WalletId> wallets);

  /**
   * Keeps new ones, but none where one of the same rule, kind and subject holds already. Returns
   * which were kept.
   */
  Set<UUID> open(Collection<Alert> alerts);

  /**
   * Notes that the conditions of alerts are over. Returns those that this resolved, as they are
   * now; one that a person had resolved is not among them.
   */
  List<Alert> over(Collection<Ending> endings);

  /** The same for all of a rule, whatever holds. */
  List<Alert> overOf(UUID rule, How how, Instant at, String by);

  /**
   * Takes one that is not resolved to another state; empty where it is resolved.
   *
   * @param until only for a snooze
   */
  Optional<Alert> move(UUID id, State to, @Nullable Instant until);

  /** A person's end of one; empty where it is resolved already. Its condition may go on. */
  Optional<Alert> resolve(UUID id, Resolved how);

  /** Opens again those whose snooze is over, by the database's clock, and returns them. */
  List<Alert> wake(int atMost);

  /** Keeps steps for ever. */
  void note(Collection<AlertTransition> transitions);

  /** The steps of one, oldest first. */
  List<AlertTransition> transitions(UUID alert);

  /** What holds of a kind without a wallet, or about a rule itself, for these rules. */
  List<Held> heldByRule(UUID rule);

  /**
   * How many alerts about wallets each of these rules opened after a time, over already or not; one
   * that opened none is missing.
   */
  Map<UUID, Long> openedSince(Set<UUID> rules, Instant time);

  /** The rules about which a storm or an engine error holds. */
  Set<UUID> rulesInTrouble();

  /**
   * A part of what holds about wallets, in the order of ids.
   *
   * @param after the last one of the part before; null for the first
   */
  List<Held> holding(@Nullable UUID after, int limit);

  Optional<Alert> find(UUID id, Visibility visibility);

  /** Lists alerts, newest first. */
  Page<Alert> page(Query query);

  /** How many are not resolved. */
  List<Figure> figures();

  /**
   * What is known before wallets are judged.
   *
   * @param version of the rules
   * @param held about these wallets
   * @param stormy the rules that open no alerts because a storm holds
   */
  record Watch(long version, List<Held> held, Set<UUID> stormy) {
    public Watch {
      held = List.copyOf(held);
      stormy = Set.copyOf(stormy);
    }
  }

  /** An alert whose condition goes on, resolved by a person or not. */
  record Held(UUID alert, UUID rule, AlertKind kind, UUID subject) {}

  /** The end of a condition. */
  record Ending(UUID alert, Resolved how) {}

  /** How many there are of a kind. */
  record Figure(AlertKind kind, Severity severity, long unresolved) {}

  /**
   * What to list; null means any.
   *
   * @param states empty for all
   * @param before the last one of the previous page
   */
  record Query(
      Visibility visibility,
      Set<State> states,
      @Nullable UUID rule,
      @Nullable WalletId wallet,
      @Nullable ConnectionId connection,
      @Nullable AlertKind kind,
      @Nullable Severity severity,
      @Nullable UUID before,
      int limit) {}
}
