package io.walletsync.server.http.problem;

import io.walletsync.core.kernel.InvalidValue;
import java.util.List;
import java.util.function.Supplier;

/** The request is malformed; nothing was done. */
public final class InvalidRequest extends RuntimeException {
  private final transient List<FieldError> errors;

  public InvalidRequest(List<FieldError> errors) {
    super("the request is malformed", null, false, false);
    this.errors = List.copyOf(errors);
  }

  public InvalidRequest(String field, String detail) {
    this(List.of(new FieldError(field, detail)));
  }

  /** Makes a value out of a parameter; what the value does not allow is the caller's error. */
  public static <T> T checked(String field, Supplier<T> value) {
    try {
      return value.get();
    } catch (InvalidValue e) {
      throw new InvalidRequest(List.of(FieldError.of(field, e)));
    }
  }

  public List<FieldError> errors() {
    return errors;
  }

  public Problem problem() {
    return Problem.of(
            400,
            "invalid-request",
            "The request is malformed",
            "Correct what errors names and send the request again.")
        .with("errors", errors);
  }
}
