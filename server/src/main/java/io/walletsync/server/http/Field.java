package io.walletsync.server.http;

import org.jspecify.annotations.Nullable;

/** A field that was read; to be opened after {@link JsonFields#done()} found nothing wrong. */
final class Field<T> {
  private final String name;
  private final @Nullable T value;

  Field(String name, @Nullable T value) {
    this.name = name;
    this.value = value;
  }

  /** The value of a required field. */
  T get() {
    if (value == null) {
      throw new IllegalStateException(name + " was opened before done(), or is not required");
    }
    return value;
  }

  /** The value of an optional field; null where it is absent or null. */
  @Nullable T orNull() {
    return value;
  }

  T orElse(T other) {
    return value == null ? other : value;
  }
}
