package io.walletsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command makes one signed call and prints what came back. */
class CommandsTest {
  private static final String WALLET = "0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f";

  private final StubServer server = new StubServer();
  private final Terminal terminal = Terminal.connectedTo(server.url());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsTheWallets() {
    server.answersJson("{\"data\":[{\"wallet_id\":\"" + WALLET + "\"}],\"has_more\":false}");

    var result = terminal.run("wallets");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualToNormalizingNewlines(
            """
            {
              "data" : [ {
                "wallet_id" : "%s"
              } ],
              "has_more" : false
            }
            """
                .formatted(WALLET));
    assertThat(server.request().method()).isEqualTo("GET");
    assertThat(server.request().target()).isEqualTo("/api/v1/wallets");
  }

  @Test
  void sendsEveryFilterAsItWasTyped() {
    var result =
        terminal.run(
            "wallets",
            "--limit",
            "5",
            "--cursor",
            "a+b/c=&x=1 y",
            "--currency",
            "eNGN",
            "--provider",
            "fincra",
            "--connection",
            WALLET);

    assertThat(result.exitCode()).isZero();
    assertThat(server.request().target())
        .isEqualTo(
            "/api/v1/wallets?limit=5&cursor=a%2Bb%2Fc%3D%26x%3D1%20y&currency=eNGN"
                + "&provider=fincra&connection_id="
                + WALLET);
  }

  @Test
  void showsOneWallet() {
    assertThat(terminal.run("wallet", WALLET).exitCode()).isZero();
    assertThat(server.request().target()).isEqualTo("/api/v1/wallets/" + WALLET);
  }

  @Test
  void asksForABalanceThatIsNotTooOld() {
    assertThat(terminal.run("balance", WALLET, "--max-age", "PT5M").exitCode()).isZero();
    assertThat(server.request().target())
        .isEqualTo("/api/v1/wallets/" + WALLET + "/balance?max_age=PT5M");
  }

  @Test
  void asksForThePastOfABalance() {
    var noon = "2026-11-22T12:00:00Z";

    assertThat(terminal.run("history", WALLET, "--at", noon, "--known-at", noon).exitCode())
        .isZero();
    assertThat(server.request().target())
        .isEqualTo(
            "/api/v1/wallets/"
                + WALLET
                + "/balance/history?at=2026-11-22T12%3A00%3A00Z&known_at=2026-11-22T12%3A00%3A00Z");
  }

  @Test
  void asksForAnalyticsInATimeZone() {
    var noon = "2026-11-22T12:00:00Z";

    assertThat(
            terminal
                .run("analytics", WALLET, "--from", noon, "--bucket", "week", "--tz", "Asia/Tokyo")
                .exitCode())
        .isZero();
    assertThat(server.request().target())
        .isEqualTo(
            "/api/v1/wallets/"
                + WALLET
                + "/analytics?from=2026-11-22T12%3A00%3A00Z&bucket=week&tz=Asia%2FTokyo");
  }

  @Test
  void asksForThePositions() {
    assertThat(
            terminal
                .run("positions", "--group-by", "owner", "--max-age", "PT5M", "--stale", "refuse")
                .exitCode())
        .isZero();
    assertThat(server.request().target())
        .isEqualTo("/api/v1/positions?group_by=owner&max_age=PT5M&stale=refuse");
  }

  @Test
  void asksForAStatement() {
    assertThat(terminal.run("statement", WALLET, "--to", "2026-11-22T12:00:00Z").exitCode())
        .isZero();
    assertThat(server.request().target())
        .isEqualTo("/api/v1/wallets/" + WALLET + "/statement?to=2026-11-22T12%3A00%3A00Z");
  }

  @Test
  void asksHowLongTheMoneyLasts() {
    assertThat(
            terminal.run("runway", WALLET, "--minimum", "5.00", "--tz", "Africa/Lagos").exitCode())
        .isZero();
    assertThat(server.request().target())
        .isEqualTo("/api/v1/wallets/" + WALLET + "/runway?minimum=5.00&tz=Africa%2FLagos");
  }

  @Test
  void asksWhetherItCanBePaidWithTheAmountAsItWasTyped() {
    server.answersJson("{\"can_pay\":true}");

    assertThat(
            terminal
                .run("can-pay", WALLET, "25000.10", "p-1", "--reserve", "--max-age", "PT0S")
                .exitCode())
        .isZero();
    assertThat(server.request().target()).isEqualTo("/api/v1/wallets/" + WALLET + "/can-pay");
    assertThat(server.request().body())
        .isEqualTo(
            "{\"amount\":\"25000.10\",\"reference\":\"p-1\",\"reserve\":true,\"max_age\":\"PT0S\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"can_pay\":false,\"reason\":\"insufficient\"}",
        "{\"can_pay\":\"true\"}",
        "{\"can_pay\":null}",
        "{}",
        "gateway"
      })
  void exitsZeroOnNothingButAYes(String answer) {
    server.answersJson(answer);

    var result = terminal.run("can-pay", WALLET, "25000.10", "p-1");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).isNotBlank();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void tellsARefusedQuestionFromANo() {
    server.refuses(422, "{\"title\":\"The reference is another payout's\"}");

    assertThat(terminal.run("can-pay", WALLET, "1.00", "p-1").exitCode()).isEqualTo(1);
  }

  @Test
  void saysWhatCanPayDoesAndHowItExits() {
    assertThat(terminal.run("can-pay", "--help").out())
        .contains("with --reserve, a yes sets the money aside")
        .containsPattern("0\\s+yes, it can be paid")
        .containsPattern("3\\s+no, it cannot be paid now");
  }

  @Test
  void syncsWithAKeyThatARetryCanRepeat() {
    var result = terminal.run("sync", WALLET);

    assertThat(result.exitCode()).isZero();
    assertThat(server.request().method()).isEqualTo("POST");
    assertThat(server.request().target()).isEqualTo("/api/v1/wallets/" + WALLET + "/sync-balance");
    assertThat(server.request().body()).isEmpty();
    var key = server.request().headers().getOrDefault("idempotency-key", "").replace("\"", "");
    assertThat(key).hasSize(36);
    assertThat(result.err()).contains("--idempotency-key " + key);
  }

  @Test
  void makesANewKeyForEverySync() {
    assertThat(terminal.run("sync", WALLET).err()).isNotEqualTo(terminal.run("sync", WALLET).err());
  }

  @Test
  void repeatsASyncWithItsKeyAndItsUser() {
    var result =
        terminal.run("sync", WALLET, "--idempotency-key", "order:17", "--user-id", "Ọlá \"O\"");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(server.request().headers())
        .containsEntry("idempotency-key", "\"order:17\"")
        .containsEntry("content-type", "application/json")
        .containsKey("content-digest");
    assertThat(server.request().body()).isEqualTo("{\"user_id\":\"Ọlá \\\"O\\\"\"}");
  }

  @Test
  void getsAnyPathAsItStands() {
    assertThat(terminal.run("get", "/api/v1/audit-entries?limit=5&q=a%2Fb").exitCode()).isZero();
    assertThat(server.request().target()).isEqualTo("/api/v1/audit-entries?limit=5&q=a%2Fb");
  }

  @Test
  void postsWhatWasTypedToAnyPath() {
    var json = "{ \"name\":\"Ọlá\", \"amount\": 1.50 }";

    assertThat(terminal.run("post", "/api/v1/alert-rules?x=1", json).exitCode()).isZero();
    assertThat(server.request().method()).isEqualTo("POST");
    assertThat(server.request().target()).isEqualTo("/api/v1/alert-rules?x=1");
    assertThat(server.request().body()).isEqualTo(json);
    assertThat(server.request().headers())
        .containsEntry("content-type", "application/json")
        .doesNotContainKey("idempotency-key");
  }

  @Test
  void postsAFileUnderAKeyThatARetryCanRepeat(@TempDir Path folder) throws IOException {
    var file = folder.resolve("rule.json");
    Files.writeString(file, "{\"name\":\"low\"}\n");

    assertThat(terminal.run("post", "/api/v1/x", "@" + file, "--idempotency-key", "k:1").exitCode())
        .isZero();
    assertThat(server.request().body()).isEqualTo("{\"name\":\"low\"}\n");
    assertThat(server.request().headers()).containsEntry("idempotency-key", "\"k:1\"");
  }

  @Test
  void postsAnEmptyObjectWhereNothingElseIsSaid() {
    assertThat(terminal.run("post", "/api/v1/x/ping").exitCode()).isZero();
    assertThat(server.request().body()).isEqualTo("{}");
  }

  @Test
  void printsWhatIsNotJsonAsItIs() {
    server.answers(200, "application/yaml", "openapi: 3.1.0\ninfo: {}\n");

    assertThat(terminal.run("get", "openapi.yaml").out())
        .isEqualToNormalizingNewlines("openapi: 3.1.0\ninfo: {}\n");
    assertThat(server.request().target()).isEqualTo("/openapi.yaml");
  }

  @Test
  void keepsEveryDigitOfANumber() {
    server.answersJson("{\"a\":12345678901234567890.123456789012345678,\"b\":1.50}");

    assertThat(terminal.run("get", "/x").out())
        .contains("12345678901234567890.123456789012345678")
        .contains("1.50");
  }

  @Test
  void takesTheSecretFromAFile(@TempDir Path folder) throws IOException {
    var file = folder.resolve("secret");
    Files.writeString(file, SignatureCheck.base64(SignatureCheck.SECRET) + "\n");
    terminal.unset("WALLETSYNC_KEY_SECRET");

    assertThat(terminal.run("wallets", "--secret-file", file.toString()).exitCode()).isZero();
  }

  @Test
  void takesTheServerAndTheKeyFromOptionsBeforeOrAfterTheCommand() {
    terminal.set("WALLETSYNC_URL", "http://127.0.0.1:1").set("WALLETSYNC_KEY_ID", "another");

    var result =
        terminal.run("--url", server.url() + "/", "wallets", "--key-id", SignatureCheck.KEY_ID);

    assertThat(result.exitCode()).isZero();
    assertThat(server.request().target()).isEqualTo("/api/v1/wallets");
  }
}
