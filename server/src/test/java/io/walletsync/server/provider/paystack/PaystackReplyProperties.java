package io.walletsync.server.provider.paystack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.server.provider.UnreadableReply;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** No text that is not a good reply turns into an amount, whatever happened to it on the way. */
final class PaystackReplyProperties {
  private static final Pattern ENTRY = Pattern.compile("\\{[^{}]*\\}");
  private static final Pattern CURRENCY = Pattern.compile("\"currency\"\\s*:\\s*\"(\\w+)\"");
  private static final Pattern BALANCE =
      Pattern.compile("\"balance\"\\s*:\\s*(-?[0-9]+)\\s*(?=[,}])");

  @Property
  void everyAmountIsReadExactly(@ForAll long subunits, @ForAll("currencies") String currency)
      throws UnreadableReply {
    var text =
        "{\"status\":true,\"data\":[{\"currency\":\"%s\",\"balance\":%d}]}"
            .formatted(currency, subunits);

    assertThat(read(text))
        .containsExactly(
            new Money(
                new BigDecimal(subunits).divide(new BigDecimal(100)), new CurrencyCode(currency)));
  }

  @Property
  void noOtherTextThanAReplyIsRead(@ForAll String text) {
    assertThat(readOrNothing(text)).isEmpty();
  }

  @Property(tries = 5000)
  void aDamagedReplyNeverStatesAnotherAmountThanItsText(@ForAll("damaged") String text) {
    var amounts = readOrNothing(text);

    assertThat(statements(text)).containsAll(statements(amounts));
    // both ends must occur, or this property would say nothing
    Statistics.label("damaged")
        .collect(amounts.isEmpty() ? "refused" : "read")
        .coverage(
            seen -> {
              seen.check("refused").count(count -> count > 100);
              seen.check("read").count(count -> count > 100);
            });
  }

  @Provide
  Arbitrary<String> currencies() {
    return Arbitraries.of("NGN", "GHS", "ZAR", "KES", "USD", "XOF");
  }

  @Provide
  Arbitrary<String> damaged() {
    var samples =
        Arbitraries.of("balance", "balance-large", "balance-recorded", "balance-several")
            .map(Samples::text);
    var character =
        Arbitraries.of("\"{}[]:,.-+eE0123456789 \\ntrufalsNGUSDXOFbc\u0000\u00a0".split(""));
    var replacement = character.list().ofMaxSize(3).map(parts -> String.join("", parts));
    // by how much of the text: jqwik cannot know the sample's length yet
    var place = Arbitraries.doubles().between(0, 1);
    var damage =
        Combinators.combine(place, Arbitraries.integers().between(0, 3), replacement).as(Tuple::of);
    return Combinators.combine(samples, damage.list().ofMinSize(1).ofMaxSize(3))
        .as(
            (sample, damages) -> {
              var text = new StringBuilder(sample);
              for (var one : damages) {
                int at = (int) (one.get1() * text.length());
                text.replace(at, Math.min(text.length(), at + one.get2()), one.get3());
              }
              return text.toString();
            });
  }

  private static Collection<Money> readOrNothing(String text) {
    try {
      return read(text);
    } catch (UnreadableReply e) {
      return List.of();
    }
  }

  private static Collection<Money> read(String text) throws UnreadableReply {
    return switch (Envelope.open(text.getBytes(UTF_8))) {
      case Envelope.No() -> List.of();
      case Envelope.Data(var entries) -> BalanceList.read(entries).values();
    };
  }

  /** What was read: currency and subunits. */
  private static Set<Map.Entry<String, String>> statements(Collection<Money> amounts) {
    return amounts.stream()
        .map(
            amount ->
                Map.entry(
                    upper(amount.currency().value()),
                    amount.amount().movePointRight(2).toBigIntegerExact().toString()))
        .collect(toSet());
  }

  /** What the text states, found without the code under test. */
  private static Set<Map.Entry<String, String>> statements(String text) {
    return ENTRY
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .flatMap(
            entry ->
                CURRENCY
                    .matcher(entry)
                    .results()
                    .flatMap(
                        currency ->
                            BALANCE
                                .matcher(entry)
                                .results()
                                .map(
                                    balance ->
                                        Map.entry(
                                            upper(currency.group(1)),
                                            balance.group(1).replace("-0", "0")))))
        .collect(toSet());
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
