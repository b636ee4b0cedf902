package io.walletsync.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.access.OpaqueBytes;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String URL = "postgresql://ann:pw@db/money";
  private static final String KEY =
      base64("thirty-two bytes of master key!!".getBytes(StandardCharsets.US_ASCII));
  private static final String SECRET = base64(new byte[16]);

  @Test
  void nothingNeedsToBeSet() {
    var settings = Settings.from(Map.of());

    assertThat(settings.dataDirectory())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".walletsync"));
    assertThat(settings.database()).isEmpty();
    assertThat(settings.schemaOwner()).isEmpty();
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.bind()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
    assertThat(settings.managementPort()).isEmpty();
    assertThat(settings.scheduleEnabled()).isTrue();
    assertThat(settings.masterKey()).isEmpty();
    assertThat(settings.bootstrapKey()).isEmpty();
    assertThat(settings.providerUrls().bySetting()).isEmpty();
    assertThat(settings.retention())
        .isEqualTo(new Settings.Retention(Duration.ofHours(24), Duration.ofDays(30)));
  }

  @Test
  void howLongThingsAreKeptCanBeSet() {
    var settings =
        Settings.from(
            Map.of(
                "WALLETSYNC_RETENTION_IDEMPOTENCY", "PT1H",
                "WALLETSYNC_RETENTION_EVENTS", "P3650D"));

    assertThat(settings.retention())
        .isEqualTo(new Settings.Retention(Duration.ofHours(1), Duration.ofDays(3650)));
    assertThat(settings.movementInterval()).contains(Duration.ofHours(1));
    assertThat(Settings.from(Map.of("WALLETSYNC_MOVEMENTS_INTERVAL", "off")).movementInterval())
        .isEmpty();
  }

  @Test
  void whatIsEmptyOrBlankIsNotSet() {
    var blank = new HashMap<String, String>();
    Settings.KNOWN.forEach(name -> blank.put(name, name.length() % 2 == 0 ? "" : " \t"));

    assertThat(Settings.from(blank)).isEqualTo(Settings.from(Map.of()));
  }

  @Test
  void everythingCanBeSet() {
    var settings =
        Settings.from(
            Map.of(
                "WALLETSYNC_DATA_DIR", "/var/lib/../lib/walletsync/",
                "WALLETSYNC_DATABASE_URL", " " + URL + "\n",
                "WALLETSYNC_DATABASE_OWNER_URL", "postgresql://bob:pw2@db/money",
                "WALLETSYNC_PORT", "0",
                "WALLETSYNC_BIND", "::1",
                "WALLETSYNC_MANAGEMENT_PORT", "65535",
                "WALLETSYNC_SCHEDULE_ENABLED", "false",
                "WALLETSYNC_MASTER_KEY", KEY,
                "WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL", "http://127.0.0.1:9/paystack"));

    assertThat(settings.dataDirectory()).isEqualTo(Path.of("/var/lib/walletsync"));
    assertThat(settings.database().orElseThrow().user()).isEqualTo("ann");
    assertThat(settings.schemaOwner().orElseThrow().user()).isEqualTo("bob");
    assertThat(settings.port()).isZero();
    assertThat(settings.bind()).isEqualTo(InetAddress.ofLiteral("::1"));
    assertThat(settings.managementPort()).hasValue(65_535);
    assertThat(settings.scheduleEnabled()).isFalse();
    assertThat(settings.masterKey().orElseThrow()).asBase64Encoded().isEqualTo(KEY);
    assertThat(settings.providerUrls().bySetting())
        .isEqualTo(Map.of("PAYSTACK_BASE_URL", URI.create("http://127.0.0.1:9/paystack")));
    assertThat(settings.toString()).doesNotContain("pw", "ann", KEY);
  }

  @Test
  void aBootstrapKeyIsTheDecodedBytes() {
    var key =
        Settings.from(
                Map.of(
                    "WALLETSYNC_BOOTSTRAP_KEY_ID",
                    "ops-1_A",
                    "WALLETSYNC_BOOTSTRAP_KEY_SECRET",
                    base64("sixteen letters!".getBytes(StandardCharsets.US_ASCII))))
            .bootstrapKey()
            .orElseThrow();

    assertThat(key.keyId()).isEqualTo("ops-1_A");
    assertThat(key.secret())
        .isEqualTo(OpaqueBytes.of("sixteen letters!".getBytes(StandardCharsets.US_ASCII)));
    assertThat(key.toString()).doesNotContain("sixteen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.paystack.co", "https://proxy.example:8443/paystack/", "http://localhost:1",
        "http://[::1]:8080", "http://127.0.0.1", "http://127.8.9.10:81"
      })
  void providersAreReachedOverHttpsOrOnThisMachine(String url) {
    assertThat(
            Settings.from(Map.of("WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL", url))
                .providerUrls()
                .bySetting())
        .containsEntry("PAYSTACK_BASE_URL", URI.create(url));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WALLETSYNC_DATABASE_URL        | hidden                              | must look like postgresql://
          WALLETSYNC_DATABASE_OWNER_URL  | mysql://root:hidden@db/x            | must look like postgresql://
          WALLETSYNC_PORT                | 65536                               | must be a port number
          WALLETSYNC_PORT                | -1                                  | must be a port number
          WALLETSYNC_PORT                | http                                | must be a port number
          WALLETSYNC_PORT                | 999999999999                        | must be a port number
          WALLETSYNC_BIND                | no-such-host.invalid                | must be an address of this machine
          WALLETSYNC_MANAGEMENT_PORT     | 8 0                                 | must be a port number
          WALLETSYNC_SCHEDULE_ENABLED    | yes                                 | must be true or false
          WALLETSYNC_SCHEDULE_ENABLED    | TRUE                                | must be true or false
          WALLETSYNC_RETENTION_IDEMPOTENCY | PT59M59S                          | must be an ISO 8601 duration from PT1H to PT720H, such as PT24H, and is PT59M59S.
          WALLETSYNC_RETENTION_IDEMPOTENCY | P30DT1S                           | must be an ISO 8601 duration
          WALLETSYNC_RETENTION_IDEMPOTENCY | 24h                               | must be an ISO 8601 duration
          WALLETSYNC_RETENTION_EVENTS    | PT23H                               | must be an ISO 8601 duration
          WALLETSYNC_MOVEMENTS_INTERVAL  | PT9S                                | must be an ISO 8601 duration
          WALLETSYNC_RETENTION_EVENTS    | P1M                                 | must be an ISO 8601 duration
          WALLETSYNC_MASTER_KEY          | hidden!                             | is not base64; make one with: openssl rand -base64 32
          WALLETSYNC_MASTER_KEY          | aGlkZGVuaGlkZGVu                    | must be the base64 of exactly 32 bytes, and is that of 12; make one with: openssl rand -base64 32
          WALLETSYNC_BOOTSTRAP_KEY_ID    | ops                                 | set both or neither
          WALLETSYNC_BOOTSTRAP_KEY_SECRET| aGlkZGVuaGlkZGVuaGlkZGVu            | set both or neither
          WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL | http://api.paystack.co      | must be an https address
          WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL | https://user:hidden@proxy   | must be an https address
          WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL | https://proxy?key=hidden    | must be an https address
          WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL | https://proxy#hidden        | must be an https address
          WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL | http://127.0.0.1.evil.example | must be an https address
          WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL | ftp://127.0.0.1             | must be an https address
          WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL | api.paystack.co             | must be an https address
          WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL | https://a b                 | must be an https address
          """)
  void whatIsWrongIsSaidInOneSentence(String name, String value, String sentence) {
    assertThatThrownBy(() -> Settings.from(Map.of(name, value)))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining(name)
        .hasMessageContaining(sentence)
        .hasMessageNotContainingAny("hidden", "aGlk", "\n")
        .satisfies(SettingsTest::noCauseTellsASecret);
  }

  @Test
  void aBootstrapKeyIsCheckedBeforeItIsUsed() {
    assertRefused(
        Map.of("WALLETSYNC_BOOTSTRAP_KEY_ID", "a b", "WALLETSYNC_BOOTSTRAP_KEY_SECRET", SECRET),
        "WALLETSYNC_BOOTSTRAP_KEY_ID must be 1 to 64 characters out of A-Z a-z 0-9 _ -.");
    assertRefused(
        Map.of(
            "WALLETSYNC_BOOTSTRAP_KEY_ID",
            "a".repeat(65),
            "WALLETSYNC_BOOTSTRAP_KEY_SECRET",
            SECRET),
        "WALLETSYNC_BOOTSTRAP_KEY_ID must be 1 to 64 characters out of A-Z a-z 0-9 _ -.");
    assertRefused(
        Map.of(
            "WALLETSYNC_BOOTSTRAP_KEY_ID",
            "ops",
            "WALLETSYNC_BOOTSTRAP_KEY_SECRET",
            base64(new byte[15])),
        "WALLETSYNC_BOOTSTRAP_KEY_SECRET must be the base64 of at least 16 bytes; make one with:"
            + " openssl rand -base64 32");
    assertRefused(
        Map.of("WALLETSYNC_BOOTSTRAP_KEY_ID", "ops", "WALLETSYNC_BOOTSTRAP_KEY_SECRET", "hidden!"),
        "WALLETSYNC_BOOTSTRAP_KEY_SECRET is not base64; make one with: openssl rand -base64 32");
  }

  @Test
  void anOwnerWithoutADatabaseIsAMistake() {
    assertRefused(
        Map.of("WALLETSYNC_DATABASE_OWNER_URL", URL),
        "WALLETSYNC_DATABASE_OWNER_URL is set without WALLETSYNC_DATABASE_URL: set both, or neither"
            + " for the embedded database.");
  }

  @Test
  void namesThatNothingReadsAreFound() {
    assertThat(
            Settings.unknownIn(
                Map.of(
                    "WALLETSYNC_PORT", "1",
                    "WALLETSYNC_KEY_ID", "a",
                    "WALLETSYNC_PROT", "2",
                    "WALLETSYNC_", "",
                    "PATH", "/bin")))
        .containsExactly("WALLETSYNC_", "WALLETSYNC_PROT");
  }

  private static void assertRefused(Map<String, String> environment, String sentence) {
    assertThatThrownBy(() -> Settings.from(environment))
        .isInstanceOf(SettingsProblem.class)
        .hasMessage(sentence)
        .hasNoCause();
  }

  private static void noCauseTellsASecret(Throwable problem) {
    for (var cause = problem.getCause(); cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain("hidden", "aGlk");
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
