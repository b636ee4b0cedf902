package io.walletsync.core.delivery;

import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.money.Money;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.BalanceChanged;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.notification.Notification.ReadingQuarantined;
import io.walletsync.core.notification.Notification.ReadingSettled;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An event for people: a subject, an empty line, and what happened, line by line. */
final class PlainWords {
  private static final int LONGEST_VALUE = 500;

  private final StringBuilder text = new StringBuilder();

  private PlainWords() {}

  static String of(Notification notification) {
    var words = new PlainWords();
    words.text.append("[WalletSync] ").append(title(notification)).append("\n\n");
    words.line("What", title(notification));
    words.line("When", notification.occurredAt().toString());
    notification
        .about()
        .ifPresent(
            about -> {
              words.line("Wallet", about.wallet().toString());
              words.line("Connection", about.connection().toString());
            });
    words.facts(notification);
    words.line("What to do", advice(notification.kind()));
    words.line("Event", notification.id().toString());
    return words.text.toString();
  }

  private static String title(Notification notification) {
    var words = spaced(notification.kind().code());
    var title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    return switch (notification) {
      case Occurrence occurrence when occurrence.facts().get("rule_name") != null ->
          title + ": " + clean(occurrence.facts().get("rule_name"));
      case BalanceChanged changed ->
          title + ": " + amount(changed.snapshot().balance().available());
      case ReadingQuarantined _, ReadingSettled _, Occurrence _ -> title;
    };
  }

  private void facts(Notification notification) {
    switch (notification) {
      case BalanceChanged changed -> change(changed.previous(), changed.snapshot());
      case ReadingQuarantined it -> {
        line("Provider", it.reading().provider().value());
        line("Not believed", amount(it.reading().balance().available()));
        line("Why", spaced(it.reading().reason().name().toLowerCase(Locale.ROOT)));
        line("Reading", it.reading().readingId().toString());
      }
      case ReadingSettled it -> {
        line("Provider", it.reading().provider().value());
        line("Was not believed", amount(it.reading().balance().available()));
        var resolution = it.reading().resolution();
        line(
            "How it ended",
            resolution == null ? null : spaced(resolution.end().name().toLowerCase(Locale.ROOT)));
        line("Reading", it.reading().readingId().toString());
      }
      case Occurrence occurrence ->
          occurrence.facts().forEach((name, value) -> line(spaced(name), value));
    }
  }

  private void change(@Nullable WalletBalanceSnapshot previous, WalletBalanceSnapshot now) {
    line("Provider", now.provider().value());
    line("Before", previous == null ? null : amount(previous.balance().available()));
    line("Now", amount(now.balance().available()));
    line("Sequence", Long.toString(now.sequence()));
  }

  /** What is not known is said to be so: it is not nothing. */
  private void line(String name, @Nullable String value) {
    text.append(name).append(": ").append(value == null ? "unknown" : clean(value)).append('\n');
  }

  private static String amount(Money money) {
    return money.toDecimalString() + " " + money.currency().value();
  }

  private static String spaced(String code) {
    return code.replace('.', ' ').replace('_', ' ');
  }

  /** One line, so that no value can pass for another line or for a header. */
  private static String clean(String value) {
    var clean = new StringBuilder();
    value
        .codePoints()
        .limit(LONGEST_VALUE)
        .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) || isLineEnd(c) ? ' ' : c));
    return clean.toString();
  }

  private static boolean isLineEnd(int codePoint) {
    return codePoint == 0x2028 || codePoint == 0x2029;
  }

  private static String advice(Kind kind) {
    return switch (kind) {
      case BALANCE_CHANGED -> "Nothing, if the change is expected.";
      case READING_QUARANTINED ->
          "Compare with the provider's own site, then release or reject the reading.";
      case READING_SETTLED, SYNC_RECOVERED, RECONCILIATION_SETTLED, ALERT_RESOLVED ->
          "Nothing; it is over.";
      case ALERT_OPENED -> "Acknowledge it, so that others know, and see to its cause.";
      case SYNC_FAILING -> "Check the connection and the provider's status page.";
      case RECONCILIATION_DIFFERS ->
          "Look for the missing movement, then accept or resolve the difference.";
    };
  }
}
