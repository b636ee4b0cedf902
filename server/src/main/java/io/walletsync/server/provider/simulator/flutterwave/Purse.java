package io.walletsync.server.provider.simulator.flutterwave;

import io.walletsync.server.provider.simulator.flutterwave.StatementLine.Cause;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The wallets of one account; each read sees one state of them all. */
final class Purse {
  /** The currencies that "Get balances" lists in its example. */
  private static final Set<String> CURRENCIES =
      Set.of(
          "NGN", "KES", "GHS", "USD", "EUR", "ZAR", "GBP", "TZS", "UGX", "RWF", "ZMW", "INR", "XOF",
          "MUR", "ETB", "JPY", "MAD", "XAF", "AUD", "CAD", "MYR", "CNY", "BRL", "eNGN", "MWK",
          "EGP");

  private static final int ROWS_KEPT = 1000;

  private final InstantSource clock;
  private final SequencedMap<String, Pots> wallets = new LinkedHashMap<>();
  private final ArrayDeque<StatementLine> newestFirst = new ArrayDeque<>();
  private Instant latest = Instant.EPOCH;

  Purse(Map<String, BigDecimal> openings, InstantSource clock) {
    this.clock = clock;
    openings.forEach(
        (currency, opening) -> {
          if (!CURRENCIES.contains(currency)) {
            throw new IllegalArgumentException("Flutterwave has no wallets of " + currency);
          }
          wallets.put(currency, new Pots(BigDecimal.ZERO, BigDecimal.ZERO));
          var funding = new Note(Cause.FUNDING, "opening-" + currency);
          move(currency, opening, BigDecimal.ZERO, funding);
        });
  }

  /** What a statement says of a movement. */
  record Note(Cause cause, String reference) {}

  synchronized SequencedMap<String, Pots> wallets() {
    return new LinkedHashMap<>(wallets);
  }

  synchronized Optional<Pots> wallet(String currency) {
    return Optional.ofNullable(wallets.get(currency));
  }

  /** Moves money; what cannot be paid out before or after is not part of the statement. */
  synchronized void move(
      String currency, BigDecimal toAvailable, BigDecimal toCollected, Note note) {
    var before =
        wallet(currency)
            .orElseThrow(() -> new IllegalArgumentException("there is no wallet of " + currency));
    var after = before.plus(toAvailable, toCollected);
    wallets.put(currency, after);
    if (toAvailable.signum() != 0) {
      newestFirst.addFirst(
          new StatementLine(
              note.cause(),
              currency,
              before.available(),
              after.available(),
              note.reference(),
              now()));
      if (newestFirst.size() > ROWS_KEPT) {
        newestFirst.removeLast();
      }
    }
  }

  /** The lines of a currency from one moment to another that are kept, newest first. */
  synchronized List<StatementLine> statement(String currency, Instant from, Instant until) {
    return newestFirst.stream()
        .filter(line -> line.currency().equals(currency))
        .filter(line -> !line.at().isBefore(from) && !line.at().isAfter(until))
        .toList();
  }

  /** To the millisecond and never the same twice, so that a cursor of a time names one line. */
  private Instant now() {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    latest = now.isAfter(latest) ? now : latest.plusMillis(1);
    return latest;
  }

  /** Any of the currencies; empty where there is none. */
  synchronized Optional<String> any(RandomGenerator random) {
    return wallets.isEmpty()
        ? Optional.empty()
        : Optional.of(List.copyOf(wallets.keySet()).get(random.nextInt(wallets.size())));
  }
}
