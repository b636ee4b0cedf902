package io.walletsync.core.alert;

import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.Alert.Resolved;
import io.walletsync.core.alert.Alert.Subject;
import io.walletsync.core.alert.Alerts.Ending;
import io.walletsync.core.alert.Alerts.Held;
import io.walletsync.core.judgement.Judgement;
import io.walletsync.core.judgement.Judgement.Between;
import io.walletsync.core.judgement.Judgement.Failed;
import io.walletsync.core.judgement.Judgement.Holds;
import io.walletsync.core.judgement.Judgement.Over;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation: what holds already, and what opens and ends by it. Holds the rule that an alert
 * opens where its condition becomes true and ends where it is over, and the cap on storms.
 */
final class AlertLedger {
  /** Of one rule in one evaluation, and in all of a minute; nobody reads more. */
  static final int MOST_AT_ONCE = 200;

  private static final Duration AT_ONCE = Duration.ofMinutes(1);

  private final Ids ids;
  private final Instant now;
  private final Set<UUID> stormy;
  private final Map<Key, Held> held = new HashMap<>();
  private final Map<UUID, OfRule> byRule = new LinkedHashMap<>();

  AlertLedger(Collection<Held> held, Set<UUID> stormy, Instant now, Ids ids) {
    this.stormy = stormy;
    this.now = now;
    this.ids = ids;
    held.forEach(it -> this.held.put(new Key(it.rule(), it.kind(), it.subject()), it));
  }

  void judged(AlertRule rule, Subject subject, Judgement judgement) {
    var key = new Key(rule.id(), rule.kind(), subject.id());
    var found = byRule.computeIfAbsent(rule.id(), _ -> new OfRule());
    found.rule = rule;
    switch (judgement) {
      case Holds holds -> {
        if (!isHeld(key, found) && !stormy.contains(rule.id())) {
          found.open(key, Alert.open(ids.next(), rule, rule.kind(), subject, holds, now));
        }
      }
      case Over(var current) -> end(key, found, How.BY_ITSELF, current);
      case Between() -> {}
      case Failed(var reason) -> found.failures.add(reason);
    }
  }

  /** The subject is nothing that the rule is about any more. */
  void left(Held gone, How how) {
    var resolved = new Resolved(how, now, AlertWriter.SYSTEM, null, null);
    byRule
        .computeIfAbsent(gone.rule(), _ -> new OfRule())
        .endings
        .add(new Ending(gone.alert(), resolved));
    held.remove(new Key(gone.rule(), gone.kind(), gone.subject()));
  }

  private boolean isHeld(Key key, OfRule found) {
    return held.containsKey(key) || found.open.containsKey(key);
  }

  private void end(Key key, OfRule found, How how, @Nullable String current) {
    var resolved = new Resolved(how, now, AlertWriter.SYSTEM, null, current);
    var before = held.remove(key);
    if (before != null) {
      found.endings.add(new Ending(before.alert(), resolved));
    }
    found.close(key, resolved);
  }

  /** The rules that would open something about wallets. */
  Set<UUID> opening() {
    return byRule.entrySet().stream()
        .filter(it -> it.getValue().opensAboutWallets())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What opened later counts as opened at the same time. */
  Instant atOnceSince() {
    return atOnceSince(now);
  }

  static Instant atOnceSince(Instant now) {
    return now.minus(AT_ONCE);
  }

  /**
   * What to write; of a rule that failed nothing but that, of one that storms nothing new.
   *
   * @param lately how many about wallets those that are {@link #opening} opened before this
   */
  Transitions transitions(Map<UUID, Long> lately) {
    var opened = new ArrayList<Alert>();
    var endings = new ArrayList<Ending>();
    for (var found : byRule.values()) {
      var rule = found.rule;
      if (rule != null && !found.failures.isEmpty()) {
        opened.add(engineError(rule, found.failures.getFirst()));
        continue;
      }
      endings.addAll(found.endings);
      var count =
          found.opened.isEmpty() || rule == null
              ? 0
              : found.opened.size() + lately.getOrDefault(rule.id(), 0L);
      if (rule != null && count > MOST_AT_ONCE) {
        opened.add(storm(rule, count));
      } else {
        opened.addAll(found.opened);
      }
    }
    return new Transitions(opened, endings);
  }

  Alert engineError(AlertRule rule, String reason) {
    return about(rule, AlertKind.ENGINE_ERROR, reason);
  }

  Alert storm(AlertRule rule, long count) {
    return about(rule, AlertKind.STORM, Long.toString(count));
  }

  private Alert about(AlertRule rule, AlertKind kind, String current) {
    return Alert.open(ids.next(), rule, kind, new Subject.OfRule(), Holds.of(current), now);
  }

  /** What happens by an evaluation. */
  record Transitions(List<Alert> opened, List<Ending> endings) {
    boolean isEmpty() {
      return opened.isEmpty() && endings.isEmpty();
    }
  }

  private record Key(UUID rule, AlertKind kind, UUID subject) {}

  /** What one rule found; null where it judged nothing, because it is gone or the subject is. */
  private static final class OfRule {
    private @Nullable AlertRule rule;
    private final List<Alert> opened = new ArrayList<>();
    private final Map<Key, Integer> open = new HashMap<>();
    private final List<Ending> endings = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    boolean opensAboutWallets() {
      return rule != null && rule.kind().isOfWallets() && !opened.isEmpty();
    }

    void open(Key key, Alert alert) {
      open.put(key, opened.size());
      opened.add(alert);
    }

    /** One that opened in this evaluation: it was over before anybody could see it hold. */
    void close(Key key, Resolved how) {
      var place = open.remove(key);
      if (place != null) {
        opened.set(place, opened.get(place).over(how));
      }
    }
  }
}
