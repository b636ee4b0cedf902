package io.walletsync.core.publishing;

import io.walletsync.core.notification.Notification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/**
 * A topic in memory with everything that may happen on the way to one: messages that are lost or
 * come late, acknowledgements that are lost, and deaths of whoever sends at any moment.
 */
final class ShakyTopic implements EventTopic {
  private final List<Notification> log = new ArrayList<>();
  private final List<Notification> late = new ArrayList<>();
  private final Random random;
  private double trouble;
  private Runnable meanwhile = () -> {};

  ShakyTopic(Random random) {
    this.random = random;
  }

  /** How likely each kind of trouble is; none with 0. */
  ShakyTopic withTrouble(double likelihood) {
    this.trouble = likelihood;
    return this;
  }

  /** What another node does while this one sends. */
  void meanwhile(Runnable work) {
    this.meanwhile = work;
  }

  /** Whoever sends is gone, and nothing that it was about to do is done. */
  static final class Killed extends RuntimeException {}

  boolean isTrouble() {
    return random.nextDouble() < trouble;
  }

  void killIfUnlucky() {
    if (isTrouble()) {
      throw new Killed();
    }
  }

  @Override
  public Sent send(List<Notification> notifications) {
    killIfUnlucky();
    var acknowledged = new HashSet<java.util.UUID>();
    var failed = false;
    // of different wallets, in no order
    var shuffled = new ArrayList<>(notifications);
    Collections.shuffle(shuffled, random);
    for (var each : shuffled) {
      if (isTrouble()) {
        arrive();
      }
      if (isTrouble()) {
        failed = true; // lost, or still on its way when nobody waits any longer
        if (random.nextBoolean()) {
          late.add(each);
        }
      } else {
        log.add(each);
        if (isTrouble()) {
          failed = true;
        } else {
          acknowledged.add(each.id());
        }
      }
      killIfUnlucky();
    }
    var work = meanwhile;
    meanwhile = () -> {};
    work.run();
    return new Sent(acknowledged, failed ? "trouble" : null);
  }

  /** What was on its way arrives. */
  void arrive() {
    log.addAll(late);
    late.clear();
  }

  /** What somebody reads who leaves out what it has seen already. */
  List<Notification> readOnce() {
    return log.stream().distinct().toList();
  }

  int size() {
    return log.size();
  }
}
