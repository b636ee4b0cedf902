package io.walletsync.server.provider.flutterwave.v3;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Holding;
import io.walletsync.server.provider.ProviderHttp;
import io.walletsync.server.provider.flutterwave.WebhookSink;
import io.walletsync.server.provider.simulator.flutterwave.FlutterwaveV3Simulator;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter and the simulator know nothing of each other; here they meet. */
final class FlutterwaveV3AgainstSimulatorTest {
  private static final String HASH = "example-webhook-secret-hash-not-real-0001";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z"));

  private final FlutterwaveV3Simulator simulator = FlutterwaveV3Simulator.start(0, CLOCK);
  private final ProviderHttp http = new ProviderHttp(CLOCK);
  private final FlutterwaveV3BalanceProvider flutterwave =
      new FlutterwaveV3BalanceProvider(http, simulator.baseUrl().toString());

  @BeforeEach
  void open() {
    simulator.addMerchant(
        V3Stub.SECRET,
        HASH,
        Map.of("NGN", new BigDecimal("50000000000"), "eNGN", new BigDecimal("0.10")));
  }

  @AfterEach
  void stop() {
    http.close();
    simulator.close();
  }

  @Test
  void readsBothPotsByBothCalls() {
    simulator.charge(V3Stub.SECRET, "NGN", new BigDecimal("100.50"));
    simulator.settle(V3Stub.SECRET, "NGN", new BigDecimal("0.25"));

    assertThat(read(Set.of()))
        .extracting(AccountBalance::balance)
        .containsExactlyInAnyOrder(
            pots("50000000000.25", "100.25", "NGN"), pots("0.1", "0", "eNGN"));
    assertThat(read(Set.of(V3Stub.holding("", "eNGN"))))
        .extracting(AccountBalance::balance)
        .containsExactly(pots("0.1", "0", "eNGN"));
  }

  @Test
  void aWalletThatDoesNotExistIsNotReported() {
    assertThat(read(Set.of(V3Stub.holding("", "KES")))).isEmpty();
  }

  @Test
  void readsASubAccountAndMissesAnother() {
    simulator.addSubAccount(V3Stub.SECRET, V3Stub.PSA, Map.of("NGN", new BigDecimal("100")));

    assertThat(read(Set.of(V3Stub.holding(V3Stub.PSA, "NGN"))))
        .extracting(AccountBalance::holding)
        .containsExactly(V3Stub.holding(V3Stub.PSA, "NGN"));
    assertThat(reason(Set.of(V3Stub.holding("PSA0", "NGN")))).isEqualTo(Reason.ACCOUNT_MISSING);
    assertThat(reason(Set.of(V3Stub.holding(V3Stub.PSA, "USD")))).isEqualTo(Reason.REJECTED);
  }

  @Test
  void anUnknownKeyIsUnauthorized() {
    try (var other = FlutterwaveV3Simulator.start(0, CLOCK)) {
      var reply =
          new FlutterwaveV3BalanceProvider(http, other.baseUrl().toString())
              .fetch(V3Stub.connection(), Set.of(), Duration.ofSeconds(10));

      assertThat(((Reply.Failure) reply).failure().reason()).isEqualTo(Reason.UNAUTHORIZED);
    }
  }

  @Test
  void whatMovesIsAnnouncedAndTheReaderProvesIt() throws Exception {
    var reader = new FlutterwaveV3WebhookReader();
    try (var sink = new WebhookSink()) {
      simulator.sendWebhooksTo(sink.address(), V3Stub.SECRET, 0);

      simulator.charge(V3Stub.SECRET, "eNGN", new BigDecimal("5"));
      var charge = sink.take();
      simulator.transfer(V3Stub.SECRET, "NGN", new BigDecimal("5"));
      var transfer = sink.take();

      assertThat(reader.isGenuine(charge, HASH)).isTrue();
      assertThat(reader.isGenuine(charge, "another")).isFalse();
      assertThat(reader.read(charge.body()).type()).isEqualTo("charge.completed");
      assertThat(reader.read(charge.body()).concern())
          .isEqualTo(new Concern.Currencies(Set.of(new CurrencyCode("eNGN"))));
      assertThat(reader.read(transfer.body()).type()).isEqualTo("transfer.completed");
      assertThat(reader.read(transfer.body()).concern())
          .isEqualTo(new Concern.Currencies(Set.of(new CurrencyCode("NGN"))));
    }
  }

  @Test
  void everyReadingIsGoodWhileMoneyMoves() {
    simulator.moveByItself(Duration.ofMillis(2));

    var seen = new HashSet<Balance>();
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (seen.size() < 20 && System.nanoTime() < deadline) {
      for (var balance : read(Set.of())) {
        assertThat(balance.balance().available().amount()).isNotNegative();
        seen.add(balance.balance());
      }
    }
    assertThat(seen).hasSizeGreaterThanOrEqualTo(20);
  }

  private List<AccountBalance> read(Set<Holding> wanted) {
    var reply = flutterwave.fetch(V3Stub.connection(), wanted, Duration.ofSeconds(10));
    assertThat(reply).isInstanceOf(Reply.Reading.class);
    return ((Reply.Reading) reply).balances();
  }

  private Reason reason(Set<Holding> wanted) {
    var reply = flutterwave.fetch(V3Stub.connection(), wanted, Duration.ofSeconds(10));
    assertThat(reply).isInstanceOf(Reply.Failure.class);
    return ((Reply.Failure) reply).failure().reason();
  }

  private static Balance pots(String available, String ledger, String currency) {
    return new Balance(money(available, currency), money(ledger, currency), null);
  }

  private static Money money(String amount, String currency) {
    return V3Stub.money(amount, currency);
  }
}
