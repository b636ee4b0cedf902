package io.walletsync.bench;

/** What stops the benchmark, in one sentence for whoever started it. */
final class BenchProblem extends RuntimeException {
  BenchProblem(String sentence) {
    super(sentence);
  }

  BenchProblem(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
