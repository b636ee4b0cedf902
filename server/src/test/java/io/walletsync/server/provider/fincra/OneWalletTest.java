package io.walletsync.server.provider.fincra;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProviderContract.Scene;
import io.walletsync.core.provider.ProviderFailure.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A wallet that is asked for alone is asked for by its id. */
final class OneWalletTest {
  private static final String BUSINESS = "64f1c9ef838af8cda0211d9d";
  private static final String USD =
      """
      {"id":105149,"business":"64f1c9ef838af8cda0211d9d","currency":"USD",
       "availableBalance":140200,"ledgerBalance":140200,"lockedBalance":0,
       "updatedAt":"2024-07-16T15:05:42.000Z"}""";

  private final FincraExample fincra = new FincraExample();

  @AfterEach
  void stop() {
    fincra.close();
  }

  @Test
  void isReadByItsIdAndNamedByItsNewestRow() {
    theWallet(Scene.ok(reply(USD)));
    fincra.at("/wallets/logs", Scene.ok(Samples.text("logs")));

    var wallet = fincra.read(BUSINESS, "105149");

    assertThat(wallet.providerAccountId()).isEqualTo("105149");
    assertThat(wallet.balance())
        .isEqualTo(new Balance(money("140200", "USD"), money("140200", "USD"), money("0", "USD")));
    assertThat(wallet.externalId()).isEqualTo(new ExternalBalanceId("118199"));
    assertThat(wallet.asOf()).isEqualTo(Instant.parse("2024-07-16T15:05:42Z"));
    assertThat(fincra.targets())
        .containsExactly(
            "/wallets/105149", "/wallets/logs?business=" + BUSINESS + "&currency=USD&perPage=10");
  }

  @Test
  void aRowOfAnotherMomentMayBeAnotherWalletsAndNamesNothing() {
    fincra.at("/wallets/logs", Scene.ok(Samples.text("logs")));
    for (var updatedAt :
        List.of("\"2024-07-16T15:05:43.000Z\"", "\"2024-07-16T15:05:41.999Z\"", "null", "7")) {
      theWallet(Scene.ok(reply(USD.replace("\"2024-07-16T15:05:42.000Z\"", updatedAt))));

      assertThat(fincra.read(BUSINESS, "105149").externalId()).as(updatedAt).isNull();
      assertThat(fincra.read(BUSINESS, "105149").asOf()).as(updatedAt).isNull();
    }
  }

  @Test
  void anotherWalletThanAskedForIsUnreadable() {
    for (var reply :
        List.of(
            reply(USD.replace("105149", "105150")),
            reply("[]"),
            reply("[" + USD + "," + USD.replace("105149", "105150") + "]"))) {
      theWallet(Scene.ok(reply));

      assertThat(fincra.failure(BUSINESS, "105149")).as(reply).isEqualTo(Reason.UNREADABLE);
    }
  }

  @Test
  void aWalletOfAnotherBusinessIsNotThere() {
    theWallet(Scene.ok(reply(USD)));

    assertThat(fincra.failure("64f1c9ef838af8cda0211d9e", "105149"))
        .isEqualTo(Reason.ACCOUNT_MISSING);
    assertThat(fincra.targets()).containsExactly("/wallets/105149");
  }

  @Test
  void aWalletThatFincraDoesNotKnowIsMissing() {
    theWallet(new Scene.Answers(404, Map.of(), Samples.text("error-wallet-not-found")));
    assertThat(fincra.failure(BUSINESS, "105149")).isEqualTo(Reason.ACCOUNT_MISSING);

    // the gateway's 404 says nothing about a wallet
    theWallet(new Scene.Answers(404, Map.of(), "{\"message\":\"no Route matched\"}"));
    assertThat(fincra.failure(BUSINESS, "105149")).isEqualTo(Reason.REJECTED);
  }

  @Test
  void everyOtherFailureIsTypedAsForTheList() {
    theWallet(new Scene.Answers(401, Map.of(), Samples.text("error-no-api-key")));
    assertThat(fincra.failure(BUSINESS, "105149")).isEqualTo(Reason.UNAUTHORIZED);
    theWallet(new Scene.Answers(403, Map.of(), Samples.text("error-access-denied")));
    assertThat(fincra.failure(BUSINESS, "105149")).isEqualTo(Reason.ADDRESS_REFUSED);
    theWallet(Scene.status(503));
    assertThat(fincra.failure(BUSINESS, "105149")).isEqualTo(Reason.UNAVAILABLE);
    theWallet(Scene.ok(Samples.text("error-wallet-not-found")));
    assertThat(fincra.failure(BUSINESS, "105149")).isEqualTo(Reason.REJECTED);
    theWallet(new Scene.BreaksOff(reply(USD)));
    assertThat(fincra.failure(BUSINESS, "105149")).isEqualTo(Reason.UNREACHABLE);
    for (int length = 0; length < reply(USD).length(); length++) {
      theWallet(Scene.ok(reply(USD).substring(0, length)));
      assertThat(fincra.failure(BUSINESS, "105149"))
          .as("%d characters", length)
          .isEqualTo(Reason.UNREADABLE);
    }
  }

  @Test
  void theDocumentedWalletWithoutCurrencyIsUnreadable() {
    fincra.at("/wallets/621", Scene.ok(Samples.text("wallet-old")));

    assertThat(fincra.failure("60ed8883c89ea214999fa9bf", "621")).isEqualTo(Reason.UNREADABLE);
  }

  private void theWallet(Scene scene) {
    fincra.at("/wallets/105149", scene);
  }

  private static String reply(String wallet) {
    return "{\"success\":true,\"message\":\"Wallet fetched successfully\",\"data\":" + wallet + "}";
  }

  private static Money money(String amount, String currency) {
    return new Money(new BigDecimal(amount), new CurrencyCode(currency));
  }
}
