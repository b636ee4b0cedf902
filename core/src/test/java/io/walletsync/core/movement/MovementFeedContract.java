package io.walletsync.core.movement;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.movement.MovementFeed.Reply;
import io.walletsync.core.movement.MovementFeed.Reply.Failure;
import io.walletsync.core.movement.MovementFeed.Reply.Rows;
import io.walletsync.core.movement.MovementFeed.Row;
import io.walletsync.core.movement.MovementFeed.Window;
import io.walletsync.core.provider.BalanceProviderContract.Scene;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every feed keeps, tried against a stub that speaks the provider's wire format: each row to
 * the last digit or a typed failure of the whole page, an end by the deadline, and no secret in any
 * word of it.
 */
public interface MovementFeedContract {
  Duration PATIENCE = Duration.ofSeconds(10);

  /** Long before and long after every documented sample. */
  Window WINDOW =
      new Window(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2026-11-22T08:00:00Z"));

  MovementFeed feed();

  OpenConnection connection();

  Holding holding();

  /** A text that occurs nowhere but in the credentials. */
  String secret();

  /** Makes the stub behave so wherever the adapter asks for movements, until told otherwise. */
  void theFeed(Scene scene);

  /** The provider's documented page, with movements of the holding. */
  String sample();

  /** The fields of a row without which it cannot be read. */
  List<String> essentialFields();

  /** Differences of the documented page with their signs, and the balances after, in its order. */
  List<String> documented();

  /** A page without rows. */
  String emptyPage();

  /** A reply with status 200 whose body says that the call failed. */
  String replyThatSaysNo();

  @Test
  default void readsTheDocumentedPageToTheLastDigit() {
    theFeed(Scene.ok(sample()));

    var rows = rows(null).rows();

    assertThat(rows)
        .extracting(
            row ->
                row.difference().toDecimalString()
                    + " -> "
                    + (row.balanceAfter() == null ? "?" : row.balanceAfter().toDecimalString()))
        .containsExactlyElementsOf(documented());
    assertThat(rows).extracting(Row::key).doesNotHaveDuplicates();
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.difference().currency()).isEqualTo(holding().currency());
              assertThat(row.occurredAt()).isBetween(WINDOW.from(), WINDOW.until());
            });
  }

  @Test
  default void theSamePageHasTheSameKeysWheneverItIsRead() {
    theFeed(Scene.ok(sample()));

    assertThat(rows(null).rows()).isEqualTo(rows(null).rows());
  }

  @Test
  default void aPageWithARowThatCannotBeReadIsAFailureAndNeverHalfAPage() {
    for (var field : essentialFields()) {
      // of the last row alone: the others are good
      var damaged = sample();
      var at = damaged.lastIndexOf("\"" + field + "\"");
      assertThat(at).as(field).isPositive();
      damaged = damaged.substring(0, at) + "\"x_" + damaged.substring(at + 1);
      theFeed(Scene.ok(damaged));

      assertThat(failure()).as("without %s", field).isEqualTo(Reason.UNREADABLE);
    }
  }

  @Test
  default void garbageIsAFailureAndNoEmptyPage() {
    for (var body : List.of("", "null", "[]", "{}", "<html>Back soon</html>", half())) {
      theFeed(Scene.ok(body));

      assertThat(failure()).as(body).isEqualTo(Reason.UNREADABLE);
    }
  }

  private String half() {
    return sample().substring(0, sample().length() / 2);
  }

  @Test
  default void anEmptyPageIsTheEnd() {
    theFeed(Scene.ok(emptyPage()));

    var page = rows(null);

    assertThat(page.rows()).isEmpty();
    assertThat(page.next()).isEmpty();
  }

  @Test
  default void whatIsNoSuccessIsATypedFailure() {
    Map.of(
            401, Reason.UNAUTHORIZED,
            403, Reason.FORBIDDEN,
            429, Reason.RATE_LIMITED,
            500, Reason.UNAVAILABLE,
            503, Reason.UNAVAILABLE)
        .forEach(
            (status, reason) -> {
              theFeed(Scene.status(status));
              assertThat(failure()).isEqualTo(reason);
            });
    theFeed(Scene.ok(replyThatSaysNo()));
    assertThat(failure()).isEqualTo(Reason.REJECTED);
    theFeed(new Scene.BreaksOff(sample()));
    assertThat(failure()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  default void endsByTheDeadline() {
    theFeed(new Scene.Silence());

    var reply = feed().read(connection(), holding(), WINDOW, null, Duration.ofMillis(400));

    assertThat(((Failure) reply).failure().reason()).isEqualTo(Reason.TIMEOUT);
  }

  @Test
  default void noWordOfAReplyHoldsASecret() {
    theFeed(Scene.ok(sample()));
    assertThat(rows(null).toString()).doesNotContain(secret());
    theFeed(Scene.status(401));
    assertThat(read(null).toString()).doesNotContain(secret());
  }

  default Rows rows(@Nullable String page) {
    var reply = read(page);
    assertThat(reply).isInstanceOf(Rows.class);
    return (Rows) reply;
  }

  private Reply read(@Nullable String page) {
    return feed().read(connection(), holding(), WINDOW, page, PATIENCE);
  }

  private Reason failure() {
    var reply = read(null);
    assertThat(reply).isInstanceOf(Failure.class);
    return ((Failure) reply).failure().reason();
  }
}
