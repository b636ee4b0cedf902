package io.walletsync.server.provider.flutterwave.v4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.server.provider.UnreadableReply;
import io.walletsync.server.provider.flutterwave.Damage;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.statistics.Statistics;

/** No text that is not a good reply turns into an amount, whatever happened to it on the way. */
final class FlutterwaveV4ReplyProperties {
  @Property
  void everyAmountIsReadExactly(
      @ForAll @BigRange(min = "-999999999999999999", max = "999999999999999999") @Scale(18)
          BigDecimal amount)
      throws UnreadableReply {
    // as it may be written, with an exponent too
    for (var written : List.of(amount.toString(), amount.toPlainString())) {
      assertThat(read(V4Stub.success("[" + V4Stub.entry("\"eNGN\"", written) + "]")))
          .containsExactly(money(amount));
    }
  }

  @Property
  void noOtherTextThanAReplyIsRead(@ForAll String text) {
    assertThat(readOrNothing(text)).isEmpty();
  }

  @Property(tries = 5000)
  void aDamagedReplyNeverStatesAnotherAmountThanItsText(@ForAll("damaged") String text) {
    var read = readOrNothing(text);

    assertThat(Damage.statements(text, "available_balance"))
        .containsAll(
            read.stream()
                .map(one -> Damage.statement(one.currency().value(), one.amount()))
                .collect(toSet()));
    // both ends must occur, or this property would say nothing
    Statistics.label("damaged")
        .collect(read.isEmpty() ? "refused" : "read")
        .coverage(
            seen -> {
              seen.check("refused").count(count -> count > 100);
              seen.check("read").count(count -> count > 100);
            });
  }

  @Provide
  Arbitrary<String> damaged() {
    return Damage.of("v4/balances");
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
      case Envelope.No _ -> List.of();
      case Envelope.Data(var data) -> Spendable.readAll(data);
    };
  }

  private static Money money(BigDecimal amount) {
    return new Money(amount, new CurrencyCode("eNGN"));
  }
}
