package io.walletsync.server.provider.fincra;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.BalanceProvider.Reply.Failure;
import io.walletsync.core.provider.BalanceProvider.Reply.Reading;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Holding;
import io.walletsync.server.provider.ProviderHttp;
import io.walletsync.server.provider.WebhookCatcher;
import io.walletsync.server.provider.simulator.Misbehaviour;
import io.walletsync.server.provider.simulator.fincra.Cause;
import io.walletsync.server.provider.simulator.fincra.FincraSimulator;
import io.walletsync.server.support.Eventually;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter and the simulator know nothing of each other; here they meet. */
final class FincraAgainstSimulatorTest {
  private static final String KEY = "fk_test_simulated_shop_key";
  private static final String BUSINESS = "64f1c9ef838af8cda0211d9d";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private final FincraSimulator simulator = FincraSimulator.start(0, CLOCK);
  private final ProviderHttp http = new ProviderHttp(CLOCK);
  private final FincraBalanceProvider fincra =
      new FincraBalanceProvider(http, _ -> simulator.baseUrl().toString());

  @BeforeEach
  void open() {
    simulator.addBusiness(KEY, BUSINESS, "webhooks");
  }

  @AfterEach
  void stop() {
    http.close();
    simulator.close();
  }

  @Test
  void readsAvailableLockedAndLedgerWithTheirName() {
    long naira = simulator.addWallet(BUSINESS, "NGN");
    simulator.move(naira, Cause.COLLECTION, new BigDecimal("1000.123456"));
    simulator.move(naira, Cause.PAYOUT_STARTED, new BigDecimal("400"));

    for (var reply : List.of(read(naira), read())) {
      var balance = only(reply);
      assertThat(balance.providerAccountId()).isEqualTo(Long.toString(naira));
      assertThat(balance.balance())
          .hasToString(
              "Balance[available=600.123456 NGN, ledger=1000.123456 NGN, locked=400.00 NGN]");
      assertThat(balance.externalId()).isNotNull();
      assertThat(balance.asOf()).isEqualTo(NOW);
      assertThat(balance.metadata().entries()).containsEntry("log_amount", "400.00");
    }
    assertThat(only(read()).externalId()).isEqualTo(only(read(naira)).externalId());
  }

  @Test
  void twoWalletsOfOneCurrencyAreTwo() {
    long one = simulator.addWallet(BUSINESS, "ZAR");
    long other = simulator.addWallet(BUSINESS, "ZAR");
    simulator.move(other, Cause.COLLECTION, new BigDecimal("7"));

    assertThat(read())
        .extracting(b -> b.providerAccountId() + ": " + b.balance().available())
        .containsExactly(one + ": 0.00 ZAR", other + ": 7.00 ZAR");
    assertThat(read()).extracting(AccountBalance::externalId).containsOnlyNulls();
  }

  @Test
  void refusalsAreTyped() {
    long mine = simulator.addWallet(BUSINESS, "NGN");
    simulator.addBusiness(KEY, "64f1c9ef838af8cda0211d9e", "webhooks");
    long subAccounts = simulator.addWallet("64f1c9ef838af8cda0211d9e", "NGN");

    assertThat(reason(fetch(KEY, BUSINESS, wanted(mine + 100)))).isEqualTo(Reason.ACCOUNT_MISSING);
    assertThat(reason(fetch(KEY, BUSINESS, wanted(subAccounts)))).isEqualTo(Reason.ACCOUNT_MISSING);
    assertThat(reason(fetch("another-key", BUSINESS, Set.of()))).isEqualTo(Reason.UNAUTHORIZED);
    assertThat(reason(fetch(KEY, "0".repeat(24), Set.of()))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(fetch(KEY, "short", Set.of()))).isEqualTo(Reason.REJECTED);
    simulator.misbehave(Misbehaviour.garbage(100), Duration.ofMinutes(1));
    assertThat(reason(fetch(KEY, BUSINESS, Set.of()))).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void announcesWhatTheReaderProvesAndReads() {
    long naira = simulator.addWallet(BUSINESS, "NGN");
    try (var catcher = new WebhookCatcher(0)) {
      simulator.sendWebhooksTo(catcher.address(), BUSINESS, 0);
      simulator.move(naira, Cause.COLLECTION, new BigDecimal("1000"));
      simulator.move(naira, Cause.PAYOUT_STARTED, new BigDecimal("400"));
      simulator.move(naira, Cause.PAYOUT_DONE, new BigDecimal("300"));
      simulator.move(naira, Cause.PAYOUT_FAILED, new BigDecimal("100"));

      Eventually.within(PATIENCE, "three arrive", () -> catcher.taken().size() == 3);
      var reader = new FincraWebhookReader();
      assertThat(catcher.taken()).allMatch(delivery -> reader.isGenuine(delivery, "webhooks"));
      var notices = catcher.taken().stream().map(d -> reader.read(d.body())).toList();
      assertThat(notices)
          .extracting(Notice::type)
          .containsExactlyInAnyOrder("collection.successful", "payout.successful", "payout.failed");
      assertThat(notices).extracting(Notice::contentKey).doesNotHaveDuplicates();
      assertThat(notices)
          .extracting(Notice::concern)
          .containsOnly(new Concern.Currencies(Set.of(new CurrencyCode("NGN"))));
    }
  }

  @Test
  void whileMoneyMovesAnIdNamesOneStateOnlyAndTheAmountsAddUp() {
    for (var currency : List.of("NGN", "USDT", "CNGN")) {
      simulator.move(
          simulator.addWallet(BUSINESS, currency), Cause.COLLECTION, new BigDecimal("50000"));
    }
    simulator.moveByItself(Duration.ofMillis(2));

    var states = new HashMap<String, String>();
    var seen = new HashSet<String>();
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (seen.size() < 30 && System.nanoTime() < deadline) {
      for (var account : read()) {
        var balance = account.balance();
        assertThat(balance.available().amount().add(locked(account)))
            .isEqualByComparingTo(ledger(account));
        if (account.externalId() != null) {
          var before = states.put(account.externalId().value(), balance.toString());
          assertThat(balance.toString()).isEqualTo(before == null ? balance.toString() : before);
          seen.add(balance.toString());
        }
      }
    }
    assertThat(seen).hasSizeGreaterThanOrEqualTo(30);
  }

  private static BigDecimal locked(AccountBalance account) {
    return Objects.requireNonNull(account.balance().locked()).amount();
  }

  private static BigDecimal ledger(AccountBalance account) {
    return Objects.requireNonNull(account.balance().ledger()).amount();
  }

  private List<AccountBalance> read() {
    return balances(fetch(KEY, BUSINESS, Set.of()));
  }

  private List<AccountBalance> read(long wallet) {
    return balances(fetch(KEY, BUSINESS, wanted(wallet)));
  }

  private Reply fetch(String key, String business, Set<Holding> wanted) {
    return fincra.fetch(FincraExample.connection(key, business), wanted, Duration.ofSeconds(10));
  }

  private static Set<Holding> wanted(long wallet) {
    return Set.of(new Holding(Long.toString(wallet), new CurrencyCode("NGN")));
  }

  private static List<AccountBalance> balances(Reply reply) {
    assertThat(reply).isInstanceOf(Reading.class);
    return ((Reading) reply).balances();
  }

  private static Reason reason(Reply reply) {
    assertThat(reply).isInstanceOf(Failure.class);
    return ((Failure) reply).failure().reason();
  }

  private static AccountBalance only(List<AccountBalance> balances) {
    assertThat(balances).hasSize(1);
    return balances.getFirst();
  }
}
