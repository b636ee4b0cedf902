package io.walletsync.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How long leases took, as the server itself counts them: a histogram, so what lies between two of
 * its bounds is taken to be spread evenly.
 *
 * @param upTo how many took no longer than so many seconds
 */
record LeaseTimes(SortedMap<Double, Double> upTo) {
  private static final Pattern BUCKET =
      Pattern.compile(
          "walletsync_schedule_lease_duration_seconds_bucket\\{.*le=\"([^\"]+)\"} (\\S+)");
  private static final byte[] REQUEST =
      "GET /actuator/prometheus HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  static LeaseTimes of(Installation installation) throws IOException {
    try (var connection = new HttpConnection(installation.server().port())) {
      connection.send(REQUEST);
      var upTo = new TreeMap<Double, Double>();
      var found = BUCKET.matcher(connection.body());
      while (found.find()) {
        var bound =
            found.group(1).equals("+Inf")
                ? Double.POSITIVE_INFINITY
                : Double.parseDouble(found.group(1));
        upTo.merge(bound, Double.parseDouble(found.group(2)), Double::sum);
      }
      return new LeaseTimes(upTo);
    }
  }

  LeaseTimes since(LeaseTimes earlier) {
    var difference = new TreeMap<Double, Double>();
    upTo.forEach(
        (bound, count) -> difference.put(bound, count - earlier.upTo.getOrDefault(bound, 0.0)));
    return new LeaseTimes(difference);
  }

  double count() {
    return upTo.isEmpty() ? 0 : upTo.get(upTo.lastKey());
  }

  /** In milliseconds; not a number where nothing was leased. */
  double percentile(double share) {
    var wanted = share * count();
    var lower = 0.0;
    var below = 0.0;
    for (var bucket : upTo.entrySet()) {
      if (bucket.getValue() >= wanted && bucket.getValue() > below) {
        var width = bucket.getKey() - lower;
        return 1e3 * (lower + width * (wanted - below) / (bucket.getValue() - below));
      }
      lower = bucket.getKey();
      below = bucket.getValue();
    }
    return Double.NaN;
  }
}
