package io.walletsync.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.kernel.InvalidValue;
import java.util.Currency;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class CurrencyCodeProperties {
  @Property
  void anIsoCodeIsInUpperCaseHoweverItIsWritten(@ForAll("isoCodes") String code) {
    assertThat(new CurrencyCode(code.toLowerCase(Locale.ROOT)).value()).isEqualTo(code);
    assertThat(new CurrencyCode(code)).hasToString(code);
  }

  @Property
  void anyOtherCodeKeepsTheProvidersSpelling(@ForAll("codes") String code) {
    Assume.that(!isIso(code));

    assertThat(new CurrencyCode(code).value()).isEqualTo(code);
    assertThat(new CurrencyCode(code).writtenDecimals()).isEqualTo(2);
  }

  @Property
  void readingACodeAgainChangesNothing(@ForAll("codes") String code) {
    var once = new CurrencyCode(code);

    assertThat(new CurrencyCode(once.value())).isEqualTo(once);
  }

  @Property
  void everythingElseIsRefused(@ForAll String text) {
    Assume.that(!text.matches("[A-Za-z0-9]{3,10}"));

    assertThatThrownBy(() -> new CurrencyCode(text)).isInstanceOf(InvalidValue.class);
  }

  @Property
  void theOrderIsThatOfTheCodes(@ForAll("codes") String a, @ForAll("codes") String b) {
    var first = new CurrencyCode(a);
    var second = new CurrencyCode(b);

    assertThat(Integer.signum(first.compareTo(second)))
        .isEqualTo(Integer.signum(first.value().compareTo(second.value())));
  }

  @Property
  void atLeastTwoDecimalsAreWritten(@ForAll("isoCodes") String code) {
    assertThat(new CurrencyCode(code).writtenDecimals())
        .isEqualTo(Math.max(2, Currency.getInstance(code).getDefaultFractionDigits()));
  }

  @Example
  void theEdgesOfWhatIsAllowed() {
    assertThat(new CurrencyCode("abc").value()).isEqualTo("abc");
    assertThat(new CurrencyCode("0123456789").value()).isEqualTo("0123456789");
    for (var refused : new String[] {"", "NG", "01234567890", "NGN ", "NGN\n", "N-N", "ŃGN"}) {
      assertThatThrownBy(() -> new CurrencyCode(refused)).isInstanceOf(InvalidValue.class);
    }
  }

  private static boolean isIso(String code) {
    return Currency.getAvailableCurrencies().stream()
        .anyMatch(currency -> currency.getCurrencyCode().equalsIgnoreCase(code));
  }

  @Provide
  Arbitrary<String> isoCodes() {
    return Arbitraries.of(
        Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).toList());
  }

  @Provide
  Arbitrary<String> codes() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('A', 'Z')
        .numeric()
        .ofMinLength(3)
        .ofMaxLength(10);
  }
}
