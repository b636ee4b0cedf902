package io.walletsync.bench;

import java.util.ArrayList;
import java.util.List;

/** Collects what is not as it must be. */
final class Flaws {
  private final List<String> found = new ArrayList<>();

  private Flaws() {}

  static Flaws none() {
    return new Flaws();
  }

  Flaws unless(String what, long expected, long actual) {
    if (expected != actual) {
      found.add("%s: %,d instead of %,d".formatted(what, actual, expected));
    }
    return this;
  }

  List<String> found() {
    return found;
  }
}
