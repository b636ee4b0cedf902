package io.walletsync.server.http.export;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.server.http.wire.QueryFields;

/** How exported rows are written. */
enum ExportFormat {
  CSV("csv", "text/csv"),
  JSON_LINES("jsonl", "application/jsonl");

  private final String code;
  private final String mediaType;

  ExportFormat(String code, String mediaType) {
    this.code = code;
    this.mediaType = mediaType;
  }

  static ExportFormat of(String text) {
    for (var format : values()) {
      if (format.code.equals(text)) {
        return format;
      }
    }
    throw new InvalidValue("must be csv or jsonl");
  }

  /** The parameter, or CSV where it is absent. */
  static ExportFormat read(QueryFields fields) {
    var format = fields.optional("format", ExportFormat::of);
    return format == null ? CSV : format;
  }

  String code() {
    return code;
  }

  String mediaType() {
    return mediaType + ";charset=UTF-8";
  }
}
