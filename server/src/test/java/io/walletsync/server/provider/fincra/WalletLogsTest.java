package io.walletsync.server.provider.fincra;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply.Reading;
import io.walletsync.core.provider.BalanceProviderContract.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which row of the logs names a wallet's state; the amounts never depend on it. */
final class WalletLogsTest {
  private static final String BUSINESS = "64f1c9ef838af8cda0211d9d";
  private static final String ROW =
      row("9", "NGN", "\"2026-01-02T03:04:05.678901234Z\"", "3", "5", "2");

  private final FincraExample fincra = new FincraExample();

  @BeforeEach
  void start() {
    theWallets(wallet(1, "NGN", "3", "5", "2"));
  }

  @AfterEach
  void stop() {
    fincra.close();
  }

  @Test
  void theDocumentedLogNamesTheDocumentedWallets() {
    fincra.at("/wallets", Scene.ok(Samples.text("wallets-many")));
    fincra.at("/wallets/logs", Scene.ok(Samples.text("logs")));

    var named = fincra.read(BUSINESS).stream().filter(w -> w.externalId() != null).toList();

    // the row in NGN is of another state of that wallet
    assertThat(named).extracting(AccountBalance::providerAccountId).containsExactly("105149");
    assertThat(named.getFirst().externalId()).isEqualTo(new ExternalBalanceId("118199"));
    assertThat(named.getFirst().asOf()).isEqualTo(Instant.parse("2024-07-16T15:05:42Z"));
    assertThat(named.getFirst().metadata().entries())
        .isEqualTo(
            Map.of(
                "wallet_number", "100000190560004",
                "wallet_status", "enabled",
                "rolling_reserve", "0.00",
                "log_action", "credit",
                "log_amount", "140000.00",
                "log_reference", "a3bba51f-7a79-4e2f-a2fd-27e8d4c589db"));
    assertThat(fincra.targets()).hasSize(2);
  }

  @Test
  void aRowNamesTheStateWithTheSameThreeAmounts() {
    theLog(ROW);
    assertThat(read().externalId()).isEqualTo(new ExternalBalanceId("9"));
    assertThat(read().asOf()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678901Z"));

    for (var wallet :
        List.of(
            wallet(1, "NGN", "3.000001", "5", "2"),
            wallet(1, "NGN", "3", "5.000001", "2"),
            wallet(1, "NGN", "3", "5", "2.000001"),
            wallet(1, "NGN", "3", "5", "null"),
            wallet(1, "NGN", "3", "null", "2"),
            wallet(1, "GHS", "3", "5", "2"))) {
      theWallets(wallet);
      assertThat(read().externalId()).as(wallet).isNull();
      assertThat(read().asOf()).as(wallet).isNull();
    }
  }

  @Test
  void amountsAgreeByTheirValueNotByTheirDigits() {
    theWallets(wallet(1, "NGN", "3.00", "50e-1", "2"));
    theLog(ROW);

    assertThat(read().externalId()).isEqualTo(new ExternalBalanceId("9"));
  }

  @Test
  void onlyTheNewestRowOfTheCurrencyNames() {
    theLog(
        row("12", "GHS", "\"2026-01-09T00:00:00Z\"", "3", "5", "2"),
        row("11", "NGN", "\"2026-01-03T00:00:00Z\"", "4", "5", "1"),
        ROW);
    assertThat(read().externalId()).isNull();

    // made last, and of those the highest id, wherever it stands
    theLog(
        row("30", "NGN", "\"2026-01-01T00:00:00Z\"", "1", "1", "0"),
        row("20", "NGN", "\"2026-01-03T00:00:00Z\"", "1", "1", "0"),
        row("21", "NGN", "\"2026-01-03T00:00:00Z\"", "3", "5", "2"));
    assertThat(read().externalId()).isEqualTo(new ExternalBalanceId("21"));
  }

  @Test
  void ofTwoWalletsOfOneCurrencyNoneIsNamed() {
    theLog(ROW, row("10", "GHS", "\"2026-01-02T03:04:05Z\"", "7", "7", "0"));
    theWallets(
        wallet(1, "NGN", "3", "5", "2"),
        wallet(2, "NGN", "8", "8", "0"),
        wallet(3, "GHS", "7", "7", "0"));

    assertThat(fincra.read(BUSINESS))
        .extracting(AccountBalance::externalId)
        .containsExactly(null, null, new ExternalBalanceId("10"));
  }

  @Test
  void anUnusableLogChangesNoAmount() {
    theLog(ROW);
    var named = read();
    assertThat(named.externalId()).isNotNull();
    for (var scene :
        List.of(
            Scene.status(500),
            new Scene.Answers(403, Map.of(), Samples.text("error-access-denied")),
            new Scene.HangsUp(),
            Scene.ok(""),
            Scene.ok(Samples.text("error-wallet-not-found")),
            Scene.ok("{\"success\":true,\"data\":[]}"),
            Scene.ok("{\"success\":true,\"data\":{\"results\":null}}"),
            log(ROW, "null"),
            log(ROW, row("10", "GHS", "\"2026-01-02T03:04:05Z\"", "\"3\"", "5", "2")),
            log(ROW, row("10", "GHS", "\"yesterday\"", "3", "5", "2")),
            log(ROW, row("10", "GHS", "\"1999-12-31T23:59:59Z\"", "3", "5", "2")),
            log(ROW, row("\"10\"", "GHS", "\"2026-01-02T03:04:05Z\"", "3", "5", "2")),
            log(row("9", "NGN", "null", "3", "5", "2")))) {
      fincra.at("/wallets/logs", scene);

      var wallet = read();
      assertThat(wallet.externalId()).as("%s", scene).isNull();
      assertThat(wallet.asOf()).as("%s", scene).isNull();
      assertThat(wallet.balance()).as("%s", scene).isEqualTo(named.balance());
    }
  }

  @Test
  void factsThatCannotBeKeptAreLeftOut() {
    theLog(ROW.replace("\"ref\"", "\"" + "x".repeat(501) + "\""));

    assertThat(read().externalId()).isEqualTo(new ExternalBalanceId("9"));
    assertThat(read().metadata().entries()).isEmpty();
  }

  @Test
  void aSilentLogDoesNotUseUpTheDeadline() {
    fincra.at("/wallets/logs", new Scene.Silence());
    var start = System.nanoTime();

    var reply =
        fincra.provider.fetch(
            FincraExample.connection(FincraExample.API_KEY, BUSINESS),
            Set.of(),
            Duration.ofMinutes(1));

    assertThat(reply).isInstanceOf(Reading.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void withoutWalletsTheLogIsNotAsked() {
    theWallets();
    fincra.read(BUSINESS);

    assertThat(fincra.targets()).hasSize(1);
  }

  private void theWallets(String... wallets) {
    fincra.at(
        "/wallets", Scene.ok("{\"success\":true,\"data\":[" + String.join(",", wallets) + "]}"));
  }

  private void theLog(String... rows) {
    fincra.at("/wallets/logs", log(rows));
  }

  private AccountBalance read() {
    return fincra.read(BUSINESS).getFirst();
  }

  private static Scene log(String... rows) {
    return Scene.ok(
        "{\"success\":true,\"data\":{\"results\":[" + String.join(",", rows) + "],\"total\":1}}");
  }

  private static String wallet(
      int id, String currency, String available, String ledger, String locked) {
    return """
        {"id":%d,"currency":"%s","availableBalance":%s,"ledgerBalance":%s,"lockedBalance":%s}"""
        .formatted(id, currency, available, ledger, locked);
  }

  private static String row(
      String id,
      String currency,
      String createdAt,
      String available,
      String ledger,
      String locked) {
    return """
        {"id":%s,"currency":"%s","createdAt":%s,"action":"credit","amount":1,"reference":"ref",\
        "availableBalanceAfter":%s,"ledgerBalanceAfter":%s,"lockedBalanceAfter":%s}"""
        .formatted(id, currency, createdAt, available, ledger, locked);
  }
}
