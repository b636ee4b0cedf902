package io.walletsync.server.provider.simulator.flutterwave;

import java.math.BigDecimal;
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

  private final SequencedMap<String, Pots> wallets = new LinkedHashMap<>();

  Purse(Map<String, BigDecimal> openings) {
    openings.forEach(
        (currency, opening) -> {
          if (!CURRENCIES.contains(currency)) {
            throw new IllegalArgumentException("Flutterwave has no wallets of " + currency);
          }
          wallets.put(currency, new Pots(opening, BigDecimal.ZERO));
        });
  }

  synchronized SequencedMap<String, Pots> wallets() {
    return new LinkedHashMap<>(wallets);
  }

  synchronized Optional<Pots> wallet(String currency) {
    return Optional.ofNullable(wallets.get(currency));
  }

  synchronized void move(String currency, BigDecimal toAvailable, BigDecimal toCollected) {
    var before =
        wallet(currency)
            .orElseThrow(() -> new IllegalArgumentException("there is no wallet of " + currency));
    wallets.put(currency, before.plus(toAvailable, toCollected));
  }

  /** Any of the currencies; empty where there is none. */
  synchronized Optional<String> any(RandomGenerator random) {
    return wallets.isEmpty()
        ? Optional.empty()
        : Optional.of(List.copyOf(wallets.keySet()).get(random.nextInt(wallets.size())));
  }
}
