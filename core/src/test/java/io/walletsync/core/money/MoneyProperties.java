package io.walletsync.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.kernel.InvalidValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class MoneyProperties {
  private static final CurrencyCode NGN = new CurrencyCode("NGN");
  private static final BigInteger UNITS = BigInteger.TEN.pow(36).subtract(BigInteger.ONE);

  @Property
  void trailingZerosMakeNoDifference(
      @ForAll("amounts") BigDecimal amount, @ForAll @IntRange(max = 40) int zeros) {
    var money = new Money(amount, NGN);
    var padded = new Money(amount.setScale(amount.scale() + zeros), NGN);

    assertThat(padded).isEqualTo(money).hasSameHashCodeAs(money);
    assertThat(padded.toDecimalString()).isEqualTo(money.toDecimalString());
  }

  @Property
  void equalMoneyIsMoneyOfEqualValue(
      @ForAll("amounts") BigDecimal a, @ForAll("amounts") BigDecimal b) {
    assertThat(new Money(a, NGN).equals(new Money(b, NGN))).isEqualTo(a.compareTo(b) == 0);
  }

  @Property
  void nothingIsEverRounded(@ForAll("amounts") BigDecimal amount) {
    assertThat(new Money(amount, NGN).amount()).isEqualByComparingTo(amount);
  }

  @Property
  void whatIsWrittenReadsBackTheSame(@ForAll("amounts") BigDecimal amount) {
    var money = new Money(amount, NGN);

    assertThat(new Money(new BigDecimal(money.toDecimalString()), NGN)).isEqualTo(money);
  }

  @Property
  void isWrittenPlainWithTheCurrencysDecimalsAndNoFurtherZeros(
      @ForAll("amounts") BigDecimal amount, @ForAll("currencies") CurrencyCode currency) {
    var text = new Money(amount, currency).toDecimalString();

    assertThat(text).matches("-?(0|[1-9][0-9]{0,17})\\.[0-9]{2,18}");
    var decimals = text.length() - text.indexOf('.') - 1;
    assertThat(decimals).isGreaterThanOrEqualTo(currency.writtenDecimals());
    if (decimals > currency.writtenDecimals()) {
      assertThat(text).doesNotEndWith("0");
    }
    assertThat(text).isNotEqualTo("-0.00");
  }

  @Property
  void moneyOfAnotherCurrencyIsOtherMoney(@ForAll("amounts") BigDecimal amount) {
    assertThat(new Money(amount, NGN)).isNotEqualTo(new Money(amount, new CurrencyCode("eNGN")));
  }

  @Property
  void moreThanEighteenDecimalsAreRefused(
      @ForAll("units") BigInteger units, @ForAll @IntRange(min = 19, max = 1_000) int scale) {
    // an odd last digit, so that the decimals are really needed
    var unscaled = units.setBit(0).multiply(BigInteger.TEN).add(BigInteger.ONE);

    assertRefused(new BigDecimal(unscaled, scale));
  }

  @Property
  void moreThanEighteenWholeDigitsAreRefused(
      @ForAll("units") BigInteger units, @ForAll @IntRange(min = 18, max = 1_000) int exponent) {
    assertRefused(new BigDecimal(units.abs().add(BigInteger.ONE)).scaleByPowerOfTen(exponent));
  }

  @Example
  void theLimitsThemselvesAreAllowed() {
    var most = new BigDecimal("999999999999999999.999999999999999999");

    assertThat(new Money(most, NGN).toDecimalString())
        .isEqualTo("999999999999999999.999999999999999999");
    assertThat(new Money(most.negate(), NGN).toDecimalString())
        .isEqualTo("-999999999999999999.999999999999999999");
    assertThat(new Money(new BigDecimal("1e17"), NGN).toDecimalString())
        .isEqualTo("100000000000000000.00");
    assertThat(new Money(new BigDecimal("1e-18"), NGN).toDecimalString())
        .isEqualTo("0.000000000000000001");
    assertRefused(new BigDecimal("1e18"));
    assertRefused(new BigDecimal("1e-19"));
  }

  @Example
  void absurdExponentsAreRefusedAtOnce() {
    assertRefused(new BigDecimal("1e2147483647"));
    assertRefused(new BigDecimal("-1e2147483647"));
    assertRefused(new BigDecimal("1e-2147483647"));
    assertRefused(new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE));
    assertRefused(new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE));
    assertRefused(new BigDecimal(BigInteger.TEN, Integer.MAX_VALUE));
  }

  @Example
  void zeroIsZeroHoweverItIsWritten() {
    var zero = new Money(BigDecimal.ZERO, NGN);

    assertThat(new Money(new BigDecimal("0e2147483647"), NGN)).isEqualTo(zero);
    assertThat(new Money(new BigDecimal("0e-2147483647"), NGN)).isEqualTo(zero);
    assertThat(new Money(new BigDecimal("-0.000"), NGN)).isEqualTo(zero);
    assertThat(zero.toDecimalString()).isEqualTo("0.00");
  }

  @Example
  void isWrittenWithTheCurrencysOwnDecimalsWhereTheseAreMore() {
    assertThat(written("1", "NGN")).isEqualTo("1.00");
    assertThat(written("1.5", "JPY")).isEqualTo("1.50");
    assertThat(written("1", "KWD")).isEqualTo("1.000");
    assertThat(written("1.2345", "KWD")).isEqualTo("1.2345");
    assertThat(written("1", "XXX")).isEqualTo("1.00");
    assertThat(written("1200", "eNGN")).isEqualTo("1200.00");
    assertThat(new Money(new BigDecimal("1"), NGN)).hasToString("1.00 NGN");
  }

  private static String written(String amount, String currency) {
    return new Money(new BigDecimal(amount), new CurrencyCode(currency)).toDecimalString();
  }

  private static void assertRefused(BigDecimal amount) {
    assertThatThrownBy(() -> new Money(amount, NGN))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("18");
  }

  @Provide
  Arbitrary<BigInteger> units() {
    return Arbitraries.bigIntegers().between(UNITS.negate(), UNITS);
  }

  /** All amounts that are allowed: up to 36 digits, the point in the middle at most. */
  @Provide
  Arbitrary<BigDecimal> amounts() {
    return Arbitraries.oneOf(
        units().map(units -> new BigDecimal(units, 18)),
        Arbitraries.longs().between(-1_000, 1_000).map(BigDecimal::new),
        Arbitraries.longs().between(-100_000, 100_000).map(cents -> BigDecimal.valueOf(cents, 2)));
  }

  @Provide
  Arbitrary<CurrencyCode> currencies() {
    return Arbitraries.of("NGN", "JPY", "KWD", "CLF", "XOF", "eNGN", "USDT", "XXX")
        .map(CurrencyCode::new);
  }
}
