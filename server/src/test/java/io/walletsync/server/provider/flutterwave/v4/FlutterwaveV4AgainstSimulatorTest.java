package io.walletsync.server.provider.flutterwave.v4;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.walletsync.core.MutableClock;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Environment;
import io.walletsync.core.wallet.Holding;
import io.walletsync.server.provider.ProviderHttp;
import io.walletsync.server.provider.flutterwave.WebhookSink;
import io.walletsync.server.provider.flutterwave.v4.V4Calls.Hosts;
import io.walletsync.server.provider.simulator.flutterwave.FlutterwaveV4Simulator;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter and the simulator know nothing of each other; here they meet. */
final class FlutterwaveV4AgainstSimulatorTest {
  private static final String CLIENT = V4Stub.SECRET + "-id";
  private static final String HASH = "example-webhook-secret-hash-not-real-0001";

  private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T08:00:00Z"));
  private final FlutterwaveV4Simulator simulator = FlutterwaveV4Simulator.start(0, clock);
  private final ProviderHttp http = new ProviderHttp(clock);
  private final String base = simulator.baseUrl().toString();
  private final FlutterwaveV4BalanceProvider flutterwave =
      new FlutterwaveV4BalanceProvider(
          http,
          new FlutterwaveV4Tokens(http, simulator.tokenUrl().toString(), Ticker.systemTicker()),
          new Hosts(base, base));

  @BeforeEach
  void open() {
    simulator.addMerchant(
        CLIENT,
        V4Stub.SECRET,
        HASH,
        Map.of("NGN", new BigDecimal("1200.09"), "USD", new BigDecimal("3.29")));
  }

  @AfterEach
  void stop() {
    http.close();
    simulator.close();
  }

  @Test
  void readsAmountsByBothCalls() {
    simulator.transfer(CLIENT, "NGN", new BigDecimal("200.09"));
    simulator.charge(CLIENT, "USD", new BigDecimal("0.01"));

    assertThat(read(Set.of()))
        .extracting(balance -> balance.balance().available())
        .containsExactlyInAnyOrder(V4Stub.money("1000", "NGN"), V4Stub.money("3.3", "USD"));
    assertThat(read(Set.of(V4Stub.holding("USD"))))
        .extracting(balance -> balance.balance().available())
        .containsExactly(V4Stub.money("3.3", "USD"));
  }

  @Test
  void aWalletThatDoesNotExistIsNotReported() {
    assertThat(read(Set.of(V4Stub.holding("KES")))).isEmpty();
  }

  @Test
  void aTokenThatEndsBeforeItsTimeIsReplaced() {
    assertThat(read(Set.of())).hasSize(2);

    clock.advance(Duration.ofMinutes(11));
    assertThat(read(Set.of())).hasSize(2);
    simulator.endTokens();
    assertThat(read(Set.of())).hasSize(2);
  }

  @Test
  void aTokenWithoutLifeIsRefusedToTheEnd() {
    simulator.letTokensLive(Duration.ZERO);

    assertThat(reason(V4Stub.connection())).isEqualTo(Reason.UNAUTHORIZED);
  }

  @Test
  void aWrongSecretIsUnauthorized() {
    assertThat(reason(V4Stub.connection(1, "another-secret", Environment.LIVE)))
        .isEqualTo(Reason.UNAUTHORIZED);
  }

  @Test
  void whatMovesIsAnnouncedAndTheReaderProvesIt() throws Exception {
    var reader = new FlutterwaveV4WebhookReader();
    try (var sink = new WebhookSink()) {
      simulator.sendWebhooksTo(sink.address(), CLIENT, 0);

      simulator.charge(CLIENT, "USD", new BigDecimal("5"));
      var charge = sink.take();
      simulator.transfer(CLIENT, "NGN", new BigDecimal("5"));
      var transfer = sink.take();

      assertThat(reader.isGenuine(charge, HASH)).isTrue();
      assertThat(reader.isGenuine(charge, "another")).isFalse();
      var notice = reader.read(charge.body());
      assertThat(notice.type()).isEqualTo("charge.completed");
      assertThat(notice.eventId()).startsWith("wbk_");
      assertThat(notice.concern())
          .isEqualTo(new Concern.Currencies(Set.of(new CurrencyCode("USD"))));
      assertThat(reader.read(transfer.body()).type()).isEqualTo("transfer.disburse");
      assertThat(reader.read(transfer.body()).concern())
          .isEqualTo(new Concern.Currencies(Set.of(new CurrencyCode("NGN"))));
      assertThat(reader.read(transfer.body()).contentKey()).isNotEqualTo(notice.contentKey());
    }
  }

  @Test
  void everyReadingIsGoodWhileMoneyMovesAndTokensEnd() {
    simulator.moveByItself(Duration.ofMillis(2));

    var seen = new HashSet<BigDecimal>();
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (seen.size() < 20 && System.nanoTime() < deadline) {
      simulator.endTokens();
      for (var balance : read(Set.of())) {
        assertThat(balance.balance().available().amount()).isNotNegative();
        seen.add(balance.balance().available().amount());
      }
    }
    assertThat(seen).hasSizeGreaterThanOrEqualTo(20);
  }

  private List<AccountBalance> read(Set<Holding> wanted) {
    var reply = flutterwave.fetch(V4Stub.connection(), wanted, Duration.ofSeconds(10));
    assertThat(reply).isInstanceOf(Reply.Reading.class);
    return ((Reply.Reading) reply).balances();
  }

  private Reason reason(OpenConnection connection) {
    var reply = flutterwave.fetch(connection, Set.of(), Duration.ofSeconds(10));
    assertThat(reply).isInstanceOf(Reply.Failure.class);
    return ((Reply.Failure) reply).failure().reason();
  }
}
