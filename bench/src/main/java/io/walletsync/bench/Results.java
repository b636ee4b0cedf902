package io.walletsync.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What was measured until now, round by round, and what went wrong. */
final class Results {
  /** What one line of the table is about. */
  record Line(String name, String title, int connections) {}

  /** A figure of another kind than those of the table. */
  record Fact(String name, String title, double value, String unit) {}

  private final Map<Line, List<Sample>> samples = new LinkedHashMap<>();
  private final Map<String, Fact> facts = new LinkedHashMap<>();
  private final List<String> flaws = new ArrayList<>();

  void add(Line line, Sample sample) {
    samples.computeIfAbsent(line, _ -> new ArrayList<>()).add(sample);
  }

  void add(Fact fact) {
    facts.put(fact.name(), fact);
  }

  void addFlaw(String sentence) {
    flaws.add(sentence);
  }

  Map<Line, List<Sample>> samples() {
    return samples;
  }

  List<Fact> facts() {
    return List.copyOf(facts.values());
  }

  Optional<Double> fact(String name) {
    return Optional.ofNullable(facts.get(name)).map(Fact::value);
  }

  /** Sentences; where there is one, the figures prove nothing. */
  List<String> flaws() {
    return flaws;
  }

  /** A figure of a line, round by round; empty where it was not measured. */
  Optional<double[]> rounds(String name, int connections, ToDoubleFunction<Sample> figure) {
    return samples.entrySet().stream()
        .filter(e -> e.getKey().name().equals(name) && e.getKey().connections() == connections)
        .map(e -> e.getValue().stream().mapToDouble(figure).toArray())
        .findFirst();
  }
}
