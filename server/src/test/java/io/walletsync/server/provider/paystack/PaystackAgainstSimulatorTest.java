package io.walletsync.server.provider.paystack;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.BalanceProvider.Reply.Failure;
import io.walletsync.core.provider.BalanceProvider.Reply.Reading;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.server.provider.ProviderHttp;
import io.walletsync.server.provider.WebhookCatcher;
import io.walletsync.server.provider.simulator.paystack.PaystackSimulator;
import io.walletsync.server.support.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The adapter and the simulator know nothing of each other; here they meet. */
final class PaystackAgainstSimulatorTest {
  private static final String KEY = "sk_test_simulated_shop";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private final PaystackSimulator simulator = PaystackSimulator.start(0, CLOCK);
  private final ProviderHttp http = new ProviderHttp(CLOCK);
  private final PaystackBalanceProvider paystack =
      new PaystackBalanceProvider(http, simulator.baseUrl().toString());

  @AfterEach
  void stop() {
    http.close();
    simulator.close();
  }

  @Test
  void readsAmountsWithTheirIds() {
    simulator.addIntegration(KEY, Map.of("NGN", 1_700_000L));
    var opening = only(read());
    assertThat(opening.balance().available()).hasToString("17000.00 NGN");
    assertThat(opening.externalId()).isNotNull();
    assertThat(opening.asOf()).isEqualTo(NOW);

    simulator.move(KEY, "NGN", -50_001, "Transfer");
    var moved = only(read());
    assertThat(moved.balance().available()).hasToString("16499.99 NGN");
    assertThat(id(moved)).isGreaterThan(id(opening));
    assertThat(moved.metadata().entries())
        .containsEntry("model_responsible", "Transfer")
        .containsEntry("ledger_difference", "-500.01");
  }

  @Test
  void aCurrencyThatNeverMovedHasNoId() {
    simulator.addIntegration(KEY, Map.of("USD", 0L));

    var balance = only(read());

    assertThat(balance.balance().available()).hasToString("0.00 USD");
    assertThat(balance.externalId()).isNull();
    assertThat(balance.asOf()).isNull();
  }

  @Test
  void anUnknownKeyIsUnauthorized() {
    assertThat(fetch()).isInstanceOf(Failure.class);
    assertThat(((Failure) fetch()).failure().reason()).isEqualTo(Reason.UNAUTHORIZED);
  }

  @Test
  void announcesWhatTheReaderProvesAndReads() {
    simulator.addIntegration(KEY, Map.of("NGN", 1_700_000L));
    try (var catcher = new WebhookCatcher(0)) {
      simulator.sendWebhooksTo(catcher.address(), KEY, 0);
      simulator.move(KEY, "NGN", 5, "Transaction");
      simulator.move(KEY, "NGN", -6, "Transfer");
      simulator.move(KEY, "NGN", -7, "Refund");

      Eventually.within(PATIENCE, "three arrive", () -> catcher.taken().size() == 3);
      var reader = new PaystackWebhookReader();
      assertThat(catcher.taken()).allMatch(delivery -> reader.isGenuine(delivery, KEY));
      var notices = catcher.taken().stream().map(d -> reader.read(d.body())).toList();
      assertThat(notices)
          .extracting(Notice::type)
          .containsExactlyInAnyOrder("charge.success", "transfer.success", "refund.processed");
      assertThat(notices).extracting(Notice::contentKey).doesNotHaveDuplicates();
      assertThat(notices)
          .extracting(Notice::concern)
          .containsOnly(new Concern.Currencies(Set.of(new CurrencyCode("NGN"))));
    }
  }

  @Test
  void whileMoneyMovesAnIdNamesOneAmountOnly() {
    simulator.addIntegration(KEY, Map.of("NGN", 5_000_000L, "GHS", 70_000L, "XOF", 0L));
    simulator.moveByItself(Duration.ofMillis(2));

    var amounts = new HashMap<String, String>();
    var seen = new HashSet<String>();
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    // as many readings as it takes to have seen the money move, and not a single one wrong
    while (seen.size() < 30 && System.nanoTime() < deadline) {
      for (var balance : read()) {
        assertThat(balance.balance().available().amount()).isNotNegative();
        if (balance.externalId() != null) {
          var amount = balance.balance().available().toString();
          var before = amounts.put(balance.externalId().value(), amount);
          assertThat(amount).isEqualTo(before == null ? amount : before);
          seen.add(amount);
        }
      }
    }
    assertThat(seen).hasSizeGreaterThanOrEqualTo(30);
  }

  private List<AccountBalance> read() {
    var reply = fetch();
    assertThat(reply).isInstanceOf(Reading.class);
    return ((Reading) reply).balances();
  }

  private Reply fetch() {
    var connection =
        new Connection(
            new ConnectionId(new UUID(1, 2)),
            new ProviderId("paystack"),
            null,
            "Shop",
            null,
            null,
            Instant.EPOCH);
    return paystack.fetch(
        new OpenConnection(connection, new Credentials(Map.of("secret_key", KEY))),
        Set.of(),
        Duration.ofSeconds(10));
  }

  private static AccountBalance only(List<AccountBalance> balances) {
    assertThat(balances).hasSize(1);
    return balances.getFirst();
  }

  private static long id(AccountBalance balance) {
    return Long.parseLong(Objects.requireNonNull(balance.externalId()).value());
  }
}
