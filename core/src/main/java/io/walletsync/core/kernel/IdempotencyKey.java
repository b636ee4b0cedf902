package io.walletsync.core.kernel;

/** The caller's name for one request, so that repeating it cannot do the work twice. */
public record IdempotencyKey(String value) {
  public IdempotencyKey {
    if (!Text.isMadeOf(value, 1, 255, IdempotencyKey::isAllowed)) {
      throw new InvalidValue("must be 1 to 255 characters out of A-Z a-z 0-9 _ . : -");
    }
  }

  private static boolean isAllowed(int character) {
    return Text.isLetterOrDigit(character) || "_.:-".indexOf(character) >= 0;
  }
}
