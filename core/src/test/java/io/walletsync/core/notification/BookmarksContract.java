package io.walletsync.core.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Bookmarks.Held;
import io.walletsync.core.notification.Outbox.Place;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Bookmarks} keeps: one reads on at a time, from where it was. */
public interface BookmarksContract {
  Duration LEASE = Duration.ofMinutes(1);
  Place START = new Place(0, 7, new UUID(0, 7));
  Place NEXT = new Place(1, 3_000_000_000L, new UUID(1, 9));

  Bookmarks bookmarks();

  Transactions transactions();

  @Test
  default void beginsWhereItIsTold() {
    var reader = reader();

    assertThat(bookmarks().find(reader)).isEmpty();
    assertThat(take(reader)).map(Held::place).contains(START);
    assertThat(bookmarks().find(reader)).contains(START);
  }

  @Test
  default void isHeldByOneAtATimeAndAnotherGoesOnWhereItIs() {
    var reader = reader();
    var held = take(reader).orElseThrow();
    assertThat(take(reader)).isEmpty();
    assertThat(move(held, NEXT)).isTrue();
    assertThat(take(reader)).isEmpty();

    bookmarks().release(held);

    assertThat(take(reader)).map(Held::place).contains(NEXT);
    assertThat(take(reader())).map(Held::place).contains(START);
  }

  @Test
  default void whoseLeaseEndedIsFencedOnceAnotherHasIt() {
    var reader = reader();
    var late = bookmarks().take(reader, START, Duration.ZERO).orElseThrow();
    var other = take(reader).orElseThrow();

    assertThat(move(late, NEXT)).isFalse();
    bookmarks().release(late);

    assertThat(bookmarks().find(reader)).contains(START);
    assertThat(take(reader)).isEmpty();
    assertThat(move(other, NEXT)).isTrue();
  }

  @Test
  default void aMoveLastsOnlyWithItsTransaction() {
    var reader = reader();
    var held = take(reader).orElseThrow();

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          assertThat(bookmarks().move(held, NEXT, LEASE)).isTrue();
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(bookmarks().find(reader)).contains(START);
  }

  @Test
  default void ofManyWhoComeAtOnceOneGetsIt() {
    var reader = reader();

    var taken = Concurrently.call(8, _ -> take(reader));

    assertThat(taken.stream().filter(Optional::isPresent)).hasSize(1);
  }

  private Optional<Held> take(String reader) {
    return bookmarks().take(reader, START, LEASE);
  }

  private boolean move(Held held, Place next) {
    return transactions().inTransaction(() -> bookmarks().move(held, next, LEASE));
  }

  private static String reader() {
    return "reader-" + UUID.randomUUID();
  }
}
