package io.walletsync.server.http.export;

import io.walletsync.server.http.wire.CsvText;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows on their way out, never more than a buffer of them. What fails after some are gone breaks
 * the connection off, so that half an export is never taken for a whole one.
 */
public final class ExportStream {
  private final HttpServletResponse response;
  private final ExportFormat format;
  private final String name;
  private final List<String> columns;
  private final JsonMapper json;
  private boolean isBegun;

  public ExportStream(
      HttpServletResponse response,
      ExportFormat format,
      String name,
      List<String> columns,
      JsonMapper json) {
    this.response = response;
    this.format = format;
    this.name = name;
    this.columns = columns;
    this.json = json;
  }

  /** Runs what writes the rows; before the first byte is gone, a problem is still one. */
  <T> T send(Supplier<T> source) {
    try {
      return source.get();
    } catch (RuntimeException e) {
      if (response.isCommitted()) {
        throw new BrokenOff(e);
      }
      response.resetBuffer();
      response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
      throw e;
    }
  }

  /** Writes one row: as many cells as there are columns. */
  void row(List<? extends @Nullable Object> cells) {
    begin();
    switch (format) {
      case CSV -> write(CsvText.line(cells));
      case JSON_LINES -> {
        var members = new LinkedHashMap<String, @Nullable Object>();
        for (var i = 0; i < columns.size(); i++) {
          members.put(columns.get(i), cells.get(i));
        }
        write(json.writeValueAsString(members) + "\n");
      }
    }
  }

  /** What is begun also where there was no row: then the names of the columns are all there is. */
  ExportStream begun() {
    begin();
    return this;
  }

  private void begin() {
    if (isBegun) {
      return;
    }
    isBegun = true;
    response.setContentType(format.mediaType());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"%s.%s\"".formatted(name, format.code()));
    switch (format) {
      case CSV -> write(CsvText.line(columns));
      case JSON_LINES -> {}
    }
  }

  private void write(String text) {
    try {
      response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows ended before their end. */
  public static final class BrokenOff extends RuntimeException {
    public BrokenOff(RuntimeException cause) {
      super("an export was broken off", cause);
    }
  }
}
