package io.walletsync.server.metrics;

import io.walletsync.server.support.ApiClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a Prometheus gets from a server: our values by name and labels, as they are written. */
public record Scrape(Map<String, Double> samples) {
  private static final Pattern SAMPLE =
      Pattern.compile("(walletsync_[a-z_0-9]+(?:\\{.*})?) (\\S+)");

  public static Scrape of(URI server) {
    var answer =
        ApiClient.send(HttpRequest.newBuilder(server.resolve("/actuator/prometheus")).build())
            .expect(200);
    return new Scrape(
        answer
            .body()
            .lines()
            .map(SAMPLE::matcher)
            .filter(Matcher::matches)
            .collect(
                Collectors.toMap(
                    sample -> sample.group(1),
                    sample -> Double.parseDouble(sample.group(2)),
                    (a, _) -> a,
                    TreeMap::new)));
  }

  /** Absent is 0, as it is for a counter that nothing was counted in yet. */
  double value(String sample) {
    return samples.getOrDefault(sample, 0.0);
  }

  /** All samples whose names and labels match, together. */
  public double sum(String pattern) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().matches(pattern))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** The names without labels, and without what a histogram appends. */
  TreeSet<String> names() {
    return samples.keySet().stream()
        .map(
            sample -> sample.replaceFirst("\\{.*", "").replaceFirst("_(bucket|count|sum|max)$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What grew since, and by how much; what grows by chance or by itself is left out. */
  Map<String, Double> since(Scrape earlier) {
    var grown = new TreeMap<String, Double>();
    samples.forEach(
        (sample, value) -> {
          var by = value - earlier.value(sample);
          if (by != 0
              && sample.matches(
                  "walletsync_(?!retention_|alert_evaluation_)[a-z_]+_(total|count).*")) {
            grown.put(sample, by);
          }
        });
    return grown;
  }
}
