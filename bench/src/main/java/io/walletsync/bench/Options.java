package io.walletsync.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured, and how.
 *
 * @param window how long each measurement takes, after a ramp of a fifth of it
 * @param warmUp how long the server is under load before the first measurement
 * @param scale how large the parts with many wallets are
 * @param only names of parts; empty for all that belong to a usual run
 * @param databaseUrl an empty PostgreSQL database to use; null for the product's own
 * @param directory where files are made; null for the directory for temporary files
 * @param output where the results go as Markdown; null for nowhere
 * @param profile where a recording of the server under load goes; null for no recording
 */
record Options(
    int rounds,
    Duration window,
    Duration warmUp,
    List<Integer> connections,
    Scale scale,
    Set<String> only,
    @Nullable String databaseUrl,
    @Nullable Path directory,
    @Nullable Path output,
    @Nullable Path profile) {
  static final String USAGE =
      """
      Usage: ./walletsync bench [options]

      Starts a server, its database and a provider stub on this machine, and prints what they do
      beside what the database can do alone. About 20 minutes; nothing else should run meanwhile.

        --rounds N            interleaved rounds, of which the median counts (default 3)
        --seconds S           how long each measurement takes (default 10)
        --warm-up S           how long the server is under load before (default 60)
        --connections LIST    numbers of connections (default 1,32,128)
        --only NAME…          parts, separated by blanks or commas (default all but growth):
                              %s
        --quick               shows in seconds that everything works; its figures mean nothing
        --database-url URL    an empty PostgreSQL database to use instead of the product's own
        --data-dir DIR        where the database is made, and removed afterwards (default: among
                              the temporary files)
        --output FILE         writes the results as Markdown
        --profile FILE        records the server with Flight Recorder while it syncs changed
                              balances at 32 connections, in the first round
      """
          .formatted(
              String.join(" ", Parts.NAMES)
                  .replace(" post-changed", "\n                        post-changed"));

  static Options of(List<String> arguments) {
    var rounds = 3;
    var window = Duration.ofSeconds(10);
    var warmUp = Duration.ofSeconds(60);
    var scale = Scale.WHOLE;
    var connections = List.of(1, 32, 128);
    var only = new LinkedHashSet<String>();
    @Nullable String databaseUrl = null;
    @Nullable Path directory = null;
    @Nullable Path output = null;
    @Nullable Path profile = null;
    var words = arguments.listIterator();
    while (words.hasNext()) {
      var option = words.next();
      switch (option) {
        case "--rounds" -> rounds = number(option, words);
        case "--seconds" -> window = Duration.ofSeconds(number(option, words));
        case "--warm-up" -> warmUp = Duration.ofSeconds(number(option, words));
        case "--connections" ->
            connections = value(option, words).map(Options::numbers).orElseThrow();
        case "--only" -> {
          while (words.hasNext() && !arguments.get(words.nextIndex()).startsWith("--")) {
            only.addAll(Arrays.asList(words.next().split(",")));
          }
        }
        case "--quick" -> {
          rounds = 1;
          window = Duration.ofMillis(500);
          warmUp = Duration.ofMillis(600);
          scale = Scale.TINY;
          connections = List.of(4);
        }
        case "--database-url" -> databaseUrl = value(option, words).orElseThrow();
        case "--data-dir" -> directory = value(option, words).map(Path::of).orElseThrow();
        case "--output" -> output = value(option, words).map(Path::of).orElseThrow();
        case "--profile" -> profile = value(option, words).map(Path::of).orElseThrow();
        default -> throw new BenchProblem(option + " is not an option; see --help.");
      }
    }
    for (var name : only) {
      if (!Parts.NAMES.contains(name)) {
        throw new BenchProblem("There is no part " + name + "; see --help.");
      }
    }
    if (databaseUrl != null && only.contains(Parts.GROWTH)) {
      throw new BenchProblem("growth compares two databases, so it makes its own.");
    }
    return new Options(
        rounds,
        window,
        warmUp,
        connections,
        scale,
        Set.copyOf(only),
        databaseUrl,
        directory,
        output,
        profile);
  }

  /** Time between the start of a load and the start of its measurement. */
  Duration ramp() {
    return window.dividedBy(5);
  }

  int mostConnections() {
    return connections.stream().mapToInt(Integer::intValue).max().orElse(1);
  }

  boolean wants(String part) {
    return only.isEmpty() ? !Parts.ON_REQUEST.contains(part) : only.contains(part);
  }

  boolean wantsAnyOf(Collection<String> parts) {
    return parts.stream().anyMatch(this::wants);
  }

  private static Optional<String> value(String option, Iterator<String> words) {
    if (!words.hasNext()) {
      throw new BenchProblem(option + " needs a value; see --help.");
    }
    return Optional.of(words.next());
  }

  private static int number(String option, Iterator<String> words) {
    return numbers(value(option, words).orElseThrow()).getFirst();
  }

  private static List<Integer> numbers(String text) {
    if (!text.matches("[1-9][0-9]{0,5}(,[1-9][0-9]{0,5})*")) {
      throw new BenchProblem(text + " is not a number, or several separated by commas.");
    }
    return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }
}
