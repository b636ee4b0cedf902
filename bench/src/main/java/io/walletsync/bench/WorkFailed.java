package io.walletsync.bench;

/** An operation that was answered, but not as it must be: it makes the whole measurement void. */
final class WorkFailed extends Exception {
  WorkFailed(String sentence) {
    super(sentence);
  }
}
