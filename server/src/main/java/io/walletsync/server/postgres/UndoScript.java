package io.walletsync.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The way back from one migration; its first line names the tables of records that it drops. */
record UndoScript(String name, int version, String sql) {
  private static final String DROPS_RECORDS = "-- drops records: ";

  /** Empty where a newer release made that version. */
  static Optional<UndoScript> of(int version) {
    try {
      var found =
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:db/undo/U" + version + "__*.sql");
      if (found.length != 1) {
        return Optional.empty();
      }
      return Optional.of(
          new UndoScript(
              String.valueOf(found[0].getFilename()),
              version,
              found[0].getContentAsString(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> recordsDropped() {
    var firstLine = sql.lines().findFirst().orElse("");
    return firstLine.startsWith(DROPS_RECORDS)
        ? Arrays.asList(firstLine.substring(DROPS_RECORDS.length()).split(", ", -1))
        : List.of();
  }
}
