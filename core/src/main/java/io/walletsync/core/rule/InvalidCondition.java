package io.walletsync.core.rule;

/** A condition that no rule may have; the message says what is allowed and repeats no input. */
public final class InvalidCondition extends IllegalArgumentException {
  private final String field;

  public InvalidCondition(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The member of the condition that is wrong. */
  public String field() {
    return field;
  }
}
