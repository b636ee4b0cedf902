package io.walletsync.server.http.wire;

import org.jspecify.annotations.Nullable;

/** A field that was read; to be opened after {@link JsonFields#done()} found nothing wrong. */
public final class Field<T> {
  private final String name;
  private final @Nullable T value;

  public Field(String name, @Nullable T value) {
    this.name = name;
    this.value = value;
  }

  /** The value of a required field. */
  public T get() {
    if (value == null) {
      throw new IllegalStateException(name + " was opened before done(), or is not required");
    }
    return value;
  }

  /** The value of an optional field; null where it is absent or null. */
  public @Nullable T orNull() {
    return value;
  }

  public T orElse(T other) {
    return value == null ? other : value;
  }
}
