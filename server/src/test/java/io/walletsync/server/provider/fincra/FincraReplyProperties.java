package io.walletsync.server.provider.fincra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.money.Money;
import io.walletsync.server.provider.UnreadableReply;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.statistics.Statistics;

/** No text that is not a good reply turns into an amount, whatever happened to it on the way. */
final class FincraReplyProperties {
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*([0-9]+)\\s*(?=[,}])");
  private static final Pattern CURRENCY = Pattern.compile("\"currency\"\\s*:\\s*\"(\\w+)\"");
  private static final Pattern AMOUNT =
      Pattern.compile("\"(available|ledger|locked)Balance\"\\s*:\\s*(-?[0-9.eE+-]+)\\s*(?=[,}])");

  @Property
  void everyAmountIsReadExactly(
      @ForAll @Scale(18) @BigRange(min = "-999999999999999999", max = "999999999999999999")
          BigDecimal amount)
      throws UnreadableReply {
    var exponent = amount.unscaledValue() + "e-" + amount.scale();
    for (var number : List.of(amount.toPlainString(), amount.toString(), exponent)) {
      var wallet = read("{\"success\":true,\"data\":[" + wallet(number) + "]}").getFirst();

      assertThat(wallet.balance().available().amount()).as(number).isEqualByComparingTo(amount);
    }
  }

  @Property
  void anyExponentIsReadAtOnceOrRefused(@ForAll long exponent, @ForAll int digits) {
    var text = "{\"success\":true,\"data\":[" + wallet(digits + "e" + exponent) + "]}";

    for (var wallet : readOrNothing(text)) {
      assertThat(wallet.balance().available().amount().toPlainString()).hasSizeLessThan(40);
    }
  }

  @Property
  void noOtherTextThanAReplyIsRead(@ForAll String text) {
    assertThat(readOrNothing(text)).isEmpty();
  }

  @Property(tries = 5000)
  void aDamagedReplyNeverStatesAnotherAmountThanItsText(@ForAll("damaged") String text) {
    var wallets = readOrNothing(text);

    assertThat(statements(text)).containsAll(statements(wallets));
    // both ends must occur, or this property would say nothing
    Statistics.label("damaged")
        .collect(wallets.isEmpty() ? "refused" : "read")
        .coverage(
            seen -> {
              seen.check("refused").count(count -> count > 100);
              seen.check("read").count(count -> count > 100);
            });
  }

  @Provide
  Arbitrary<String> damaged() {
    var sample = Arbitraries.just(Samples.text("wallets"));
    var character =
        Arbitraries.of("\"{}[]:,.-+eE0123456789 \\ntrufalsNGUSDXOFbc\u0000\u00a0".split(""));
    var replacement = character.list().ofMaxSize(3).map(parts -> String.join("", parts));
    // by how much of the text: jqwik cannot know the sample's length yet
    var place = Arbitraries.doubles().between(0, 1);
    var damage =
        Combinators.combine(place, Arbitraries.integers().between(0, 3), replacement).as(Tuple::of);
    return Combinators.combine(sample, damage.list().ofMinSize(1).ofMaxSize(3))
        .as(
            (good, damages) -> {
              var text = new StringBuilder(good);
              for (var one : damages) {
                int at = (int) (one.get1() * text.length());
                text.replace(at, Math.min(text.length(), at + one.get2()), one.get3());
              }
              return text.toString();
            });
  }

  private static String wallet(String number) {
    return "{\"id\":1,\"currency\":\"USDT\",\"availableBalance\":" + number + "}";
  }

  private static List<FincraWallet> readOrNothing(String text) {
    try {
      return read(text);
    } catch (UnreadableReply e) {
      return List.of();
    }
  }

  private static List<FincraWallet> read(String text) throws UnreadableReply {
    return switch (Envelope.open(text.getBytes(UTF_8))) {
      case Envelope.No() -> List.of();
      case Envelope.Data data -> FincraWallet.read(data.entries());
    };
  }

  /** What was read. */
  private static Set<String> statements(List<FincraWallet> wallets) {
    var statements = new HashSet<String>();
    for (var wallet : wallets) {
      var balance = wallet.balance();
      statements.add(statement(wallet.id(), "available", balance.available()));
      if (balance.ledger() != null) {
        statements.add(statement(wallet.id(), "ledger", Objects.requireNonNull(balance.ledger())));
      }
      if (balance.locked() != null) {
        statements.add(statement(wallet.id(), "locked", Objects.requireNonNull(balance.locked())));
      }
    }
    return statements;
  }

  private static String statement(String id, String what, Money money) {
    return statement(id, what, money.amount(), money.currency().value());
  }

  private static String statement(String id, String what, BigDecimal amount, String currency) {
    return id + " " + what + " " + normal(amount) + " " + currency.toUpperCase(Locale.ROOT);
  }

  private static String normal(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toString();
  }

  /** What the text of the one wallet states, found without the code under test. */
  private static Set<String> statements(String text) {
    var statements = new HashSet<String>();
    for (var id : ID.matcher(text).results().toList()) {
      for (var currency : CURRENCY.matcher(text).results().toList()) {
        for (var amount : AMOUNT.matcher(text).results().toList()) {
          try {
            var number = new BigDecimal(amount.group(2));
            statements.add(statement(id.group(1), amount.group(1), number, currency.group(1)));
          } catch (NumberFormatException e) {
            // no number at all: nobody may read it as one
          }
        }
      }
    }
    return statements;
  }
}
