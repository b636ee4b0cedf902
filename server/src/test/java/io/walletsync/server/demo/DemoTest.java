package io.walletsync.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.access.RequestSigner;
import io.walletsync.server.support.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  private static final String UUID =
      "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final Pattern WALLET =
      Pattern.compile(
          "(?m)^("
              + UUID
              + ")  (Paystack|Flutterwave v3|Flutterwave v4|Fincra) +([A-Z]{3}) +"
              + "(?:(\\d+\\.\\d\\d)  \\d{4}-\\d\\d-\\d\\dT\\S+Z|not known yet  not known yet)$");
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)^  WALLETSYNC_URL=(http://127\\.0\\.0\\.1:\\d+) WALLETSYNC_KEY_ID=demo"
              + " WALLETSYNC_KEY_SECRET=(\\S+) \\./walletsync (sync|balance|get) (\\S+)$");
  private static final List<String> WALLETS =
      List.of(
          "Paystack GHS",
          "Paystack KES",
          "Paystack NGN",
          "Flutterwave v3 NGN",
          "Flutterwave v3 USD",
          "Flutterwave v4 KES",
          "Fincra NGN",
          "Fincra NGN");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path parent;

  @Test
  void showsWalletsAndWhatToTryAndGoesOnWithItsDataTheNextTime() throws IOException {
    // a database user other than root must be able to pass through
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    var data = parent.resolve("data");

    // the last one does not even answer the first syncs
    var failing = SimulatedProviders.start(InstantSource.system());
    failing.fail(Duration.ofHours(1));
    var first = run(data, failing, _ -> {});
    assertThat(cluster(data)).as("the database's lock file after the end").doesNotExist();
    var second = run(data, SimulatedProviders.start(InstantSource.system()), DemoTest::watch);

    for (var said : List.of(first, second)) {
      assertThat(wallets(said)).containsExactlyElementsOf(WALLETS);
      assertThat(matches(COMMAND, said, 3)).containsExactly("sync", "balance", "get", "get");
      assertThat(matches(COMMAND, said, 4).subList(0, 2))
          .containsOnly(matches(WALLET, said, 1).getFirst());
      assertThat(said).contains("Try next:", "/actuator/health", "/docs/", "Fincra answers 503");
    }
    assertThat(first.split("The first sync of ", -1)).as("two wallets at Fincra").hasSize(3);
    assertThat(balances(first))
        .endsWith("unknown", "unknown")
        .filteredOn("unknown"::equals)
        .hasSize(2);
    assertThat(second).doesNotContain("The first sync of ");
    assertThat(balances(second)).doesNotContain("unknown");
    assertThat(data)
        .as("a real installation's place")
        .isDirectoryNotContaining("glob:**/postgres-*");
    assertThat(matches(WALLET, second, 1)).isEqualTo(matches(WALLET, first, 1));
    assertThat(matches(COMMAND, second, 2)).isEqualTo(matches(COMMAND, first, 2));
    assertThat(matches(COMMAND, second, 4)).isEqualTo(matches(COMMAND, first, 4));
    assertThat(cluster(data)).doesNotExist();
  }

  /** Events of the failing provider wait, and balances of the others move by webhooks alone. */
  private static void watch(String said) {
    var server = URI.create(matches(COMMAND, said, 1).getFirst());
    var secret = Base64.getDecoder().decode(matches(COMMAND, said, 2).getFirst());
    var client = new DemoClient(server, new RequestSigner("demo", secret, InstantSource.system()));
    Eventually.within(
        PATIENCE,
        "an event of Fincra waits for it to answer",
        () ->
            client
                .get("/api/v1/provider-events")
                .expect(200)
                .json()
                .path("data")
                .valueStream()
                .anyMatch(
                    event ->
                        event.path("provider").asString("").equals("fincra")
                            && event.path("last_error").asString("").equals("unavailable")));
    for (var provider : List.of("Paystack", "Flutterwave v3", "Flutterwave v4")) {
      var wallets = wallets(said, provider);
      Eventually.within(
          PATIENCE,
          "a webhook of " + provider + " moves a balance",
          () ->
              wallets.stream()
                  .map(wallet -> client.get("/api/v1/wallets/" + wallet + "/balance").expect(200))
                  .anyMatch(balance -> balance.text("source").equals("webhook")));
    }
  }

  /** What a whole life of the demo prints. */
  private static String run(Path data, SimulatedProviders providers, Consumer<String> meanwhile) {
    var printed = new ByteArrayOutputStream();
    var environment =
        Map.of(
            "WALLETSYNC_DATA_DIR", data.toString(),
            "WALLETSYNC_PORT", "0",
            // what belongs to a real installation is left alone
            "WALLETSYNC_DATABASE_URL", "postgresql://ann:pw@127.0.0.1:9/not_for_playing",
            "WALLETSYNC_MASTER_KEY", "neither is this",
            "WALLETSYNC_BOOTSTRAP_KEY_ID", "nor this");
    try (var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        var demo = Demo.start(environment, providers, out)) {
      assertThat(cluster(data)).as("a running database").exists();
      assertThat(demo).isNotNull();
      meanwhile.accept(printed.toString(StandardCharsets.UTF_8));
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static List<String> wallets(String said) {
    return WALLET.matcher(said).results().map(m -> m.group(2) + " " + m.group(3)).toList();
  }

  private static List<String> wallets(String said, String provider) {
    return WALLET
        .matcher(said)
        .results()
        .filter(match -> match.group(2).equals(provider))
        .map(match -> match.group(1))
        .toList();
  }

  private static List<String> balances(String said) {
    return WALLET
        .matcher(said)
        .results()
        .map(match -> match.group(4) == null ? "unknown" : match.group(4))
        .toList();
  }

  /** There while PostgreSQL runs. */
  private static Path cluster(Path data) {
    return data.resolve("demo").resolve("postgres-18").resolve("postmaster.pid");
  }

  private static List<String> matches(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map(match -> match.group(group)).toList();
  }
}
