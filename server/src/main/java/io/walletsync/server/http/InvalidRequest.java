package io.walletsync.server.http;

import io.walletsync.core.kernel.InvalidValue;
import java.util.List;
import java.util.function.Supplier;

/** The request is malformed; nothing was done. */
final class InvalidRequest extends RuntimeException {
  private final transient List<FieldError> errors;

  InvalidRequest(List<FieldError> errors) {
    super("the request is malformed", null, false, false);
    this.errors = List.copyOf(errors);
  }

  InvalidRequest(String field, String detail) {
    this(List.of(new FieldError(field, detail)));
  }

  /** Makes a value out of a parameter; what the value does not allow is the caller's error. */
  static <T> T checked(String field, Supplier<T> value) {
    try {
      return value.get();
    } catch (InvalidValue e) {
      throw new InvalidRequest(List.of(FieldError.of(field, e)));
    }
  }

  List<FieldError> errors() {
    return errors;
  }

  Problem problem() {
    return Problem.of(
            400,
            "invalid-request",
            "The request is malformed",
            "Correct what errors names and send the request again.")
        .with("errors", errors);
  }
}
