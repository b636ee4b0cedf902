package io.walletsync.server.http.problem;

import io.walletsync.core.kernel.InvalidValue;

/**
 * What is wrong with one field or parameter.
 *
 * @param field empty for the body as a whole
 * @param detail says what is allowed and repeats no input
 */
public record FieldError(String field, String detail) {
  public static FieldError of(String field, InvalidValue cause) {
    var rule = cause.getMessage();
    return new FieldError(field, rule == null ? "is not allowed" : rule);
  }
}
