package io.walletsync.core.reconciliation;

import io.walletsync.core.reconciliation.Reconciliation.State;
import io.walletsync.core.reconciliation.ReconciliationProperties.Step;
import io.walletsync.core.reconciliation.ReconciliationProperties.Told;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * One wallet in a few lines: what was told and listed when, and what was known when it was said.
 */
final class ReconciliationModel {
  private static final int NEVER = -1;

  private final TreeMap<Integer, Integer> readings = new TreeMap<>();
  private final TreeMap<Integer, List<Integer>> listed = new TreeMap<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Step.Say> said = new ArrayList<>();
  private final List<Integer> knownWhenSaid = new ArrayList<>();
  private int second;
  private int balance = ReconciliationProperties.START;

  void take(Step step) {
    switch (step) {
      case Step.Read(var later) -> {
        second += later;
        readings.put(second, balance);
      }
      case Step.Move(var amount, var isListed) -> {
        balance += amount;
        if (isListed) {
          listed.computeIfAbsent(second, _ -> new ArrayList<>()).add(amount);
        }
      }
      case Step.Say say -> say(say);
      case Step.Accept(var which) ->
          told.stream()
              .filter(it -> it.state() == State.OPEN)
              .sorted(ORDER)
              .skip(which)
              .findFirst()
              .ifPresent(it -> set(told.indexOf(it), it, State.ACCEPTED));
    }
    if (!(step instanceof Step.Move)) {
      look();
    }
  }

  private void say(Step.Say say) {
    var earlier = new ArrayList<Integer>();
    for (var i = 0; i < said.size(); i++) {
      if (said.get(i).second() == say.second()) {
        earlier.add(i);
      }
    }
    if (earlier.stream().anyMatch(i -> said.get(i).equals(say))) {
      return;
    }
    for (var i : earlier) {
      var state = told.get(i).state();
      if (state == State.PENDING || state == State.OPEN) {
        set(i, told.get(i), State.RESOLVED);
      }
    }
    said.add(say);
    knownWhenSaid.add(lastKnown());
    told.add(new Told(say.second(), earlier.size() + 1, State.PENDING, null, null));
  }

  private void look() {
    for (var i = 0; i < said.size(); i++) {
      if (told.get(i).state() == State.PENDING) {
        compare(i, said.get(i));
      }
    }
    for (var i = 0; i < said.size(); i++) {
      if (told.get(i).state() == State.OPEN && isFollowedByAgreement(told.get(i))) {
        set(i, told.get(i), State.RESOLVED);
      }
    }
  }

  private int lastKnown() {
    return readings.isEmpty() ? NEVER : readings.lastKey();
  }

  private void compare(int i, Step.Say say) {
    var end = say.second() + say.lag();
    if (lastKnown() < say.second()) {
      return;
    }
    // where somebody waited for it, the first answer from the end of the lag on decides
    var next = readings.ceilingKey(end);
    var isWaitedFor = knownWhenSaid.get(i) < end;
    var start = readings.floorEntry(say.second());
    var last = isWaitedFor && readings.lowerKey(end) != null && next != null ? next : end;
    var candidates = new ArrayList<Integer>();
    if (start != null) {
      candidates.add(start.getValue() - say.amount());
    }
    readings
        .subMap(say.second(), false, Math.max(last, say.second()), true)
        .values()
        .forEach(balance -> candidates.add(balance - say.amount()));
    var agreeing =
        candidates.stream().filter(left -> Math.abs(left) <= say.tolerance()).findFirst();
    var drift = start == null ? null : start.getValue() - say.amount();
    var revision = told.get(i).revision();
    if (agreeing.isPresent()) {
      told.set(i, new Told(say.second(), revision, State.AGREED, drift, Math.abs(agreeing.get())));
    } else if (lastKnown() >= end) {
      told.set(
          i,
          start == null
              ? new Told(say.second(), revision, State.UNKNOWN, null, null)
              : new Told(
                  say.second(),
                  revision,
                  State.OPEN,
                  drift,
                  left(say, since(i, say), start.getValue(), last, candidates)));
    }
  }

  /**
   * Since when movements count: since the balance was told first; or since it was told again, as
   * far as that is known: for how long a balance that was over was told is not kept.
   */
  private int since(int i, Step.Say say) {
    var standing = readings.floorEntry(say.second());
    var first = standing.getKey();
    while (readings.lowerKey(first) != null
        && readings.lowerEntry(first).getValue().equals(standing.getValue())) {
      first = readings.lowerKey(first);
    }
    var since = first;
    for (var told : List.of(knownBefore(i, say), lastKnown())) {
      var isSame =
          told >= first
              && readings.subMap(first, told + 1).values().stream()
                  .allMatch(standing.getValue()::equals);
      since = isSame ? Math.max(since, Math.min(told, say.second())) : since;
    }
    return since;
  }

  /** Up to when it was known at the look before the one that decides. */
  private int knownBefore(int i, Step.Say say) {
    var before = readings.lowerKey(say.second() + say.lag());
    return knownWhenSaid.get(i) < say.second() + say.lag() && before != null
        ? before
        : knownWhenSaid.get(i);
  }

  /** How near it came, by what was told or by what was listed since the balance at the moment. */
  private int left(Step.Say say, int since, int balance, int last, List<Integer> candidates) {
    var sum = balance - say.amount();
    var all = new ArrayList<>(candidates);
    for (var at : listed.tailMap(since).entrySet()) {
      for (var amount : at.getValue()) {
        // half a second later than the second that it is kept under
        if (at.getKey() < say.second()) {
          sum += amount;
        } else if (at.getKey() < last) {
          all.add(sum);
          sum += amount;
        }
      }
    }
    all.add(sum);
    // the first that is near enough, or else the nearest
    return all.stream()
        .mapToInt(Math::abs)
        .filter(left -> left <= say.tolerance())
        .findFirst()
        .orElseGet(() -> all.stream().mapToInt(Math::abs).min().orElseThrow());
  }

  private boolean isFollowedByAgreement(Told open) {
    return told.stream()
        .anyMatch(
            it ->
                it.state() == State.AGREED
                    && it.second() > open.second()
                    && told.stream()
                        .noneMatch(
                            later ->
                                later.second() == it.second() && later.revision() > it.revision()));
  }

  private void set(int i, Told it, State state) {
    told.set(i, new Told(it.second(), it.revision(), state, it.drift(), it.unexplained()));
  }

  private static final Comparator<Told> ORDER =
      Comparator.comparingInt(Told::second).thenComparingInt(Told::revision);

  List<Told> told() {
    return told.stream().sorted(ORDER).toList();
  }
}
