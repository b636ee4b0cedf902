package io.walletsync.server.badinput;

import io.walletsync.server.support.ApiClient.Answer;
import java.util.function.Supplier;

/**
 * A signed request that is malformed, and what it is told.
 *
 * @param field what a 400 has to name; nothing else is a matter of one field
 */
record BadInput(String name, Supplier<Answer> request, int status, String slug, String field) {
  private static final int READABLE = 150;

  static BadInput field(String field, String name, Supplier<Answer> request) {
    return new BadInput(name, request, 400, "invalid-request", field);
  }

  static BadInput of(int status, String slug, String name, Supplier<Answer> request) {
    return new BadInput(name, request, status, slug, "");
  }

  /** As the name of a case. */
  static String shorten(String text) {
    return text.length() < READABLE ? text : text.substring(0, READABLE) + "…";
  }

  /** A JSON text of that length. */
  static String text(int length) {
    return '"' + "x".repeat(length) + '"';
  }
}
