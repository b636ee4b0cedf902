package io.walletsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that cannot be tried exits with 64 and says what to change; nothing is sent. */
class UsageTest {
  private static final String NOWHERE = "http://127.0.0.1:1";

  private final Terminal terminal = Terminal.connectedTo(NOWHERE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          frobnicate                                               | frobnicate
          wallet                                                   | <wallet-id>
          wallet 17                                                | '17' is not a UUID
          wallet 1-1-1-1-1                                         | is not a UUID
          wallets --limit many                                     | many
          balance 0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f --max-age 5 | PT5M
          sync 0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f --idempotency-key a/b | 1 to 255
          get //elsewhere/x                                        | Not a path
          get /x#y                                                 | Not a path
          get /%                                                   | Not a path
          runway 0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f --at-least P1D | --check
          runway 0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f --check --horizon P1D | --at-least
          resolve-alert 0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f       | --note
          snooze-alert 0199d7a0-4f3c-7c52-9d5e-0a1b2c3d4e5f        | <until>
          post /x {"a":                                            | not JSON
          post /x @/nowhere/at/all                                 | /nowhere/at/all
          post /x {} --idempotency-key a/b                         | 1 to 255
          wallets --secret c2VjcmV0                                | --secret
          wallets --url ftp://127.0.0.1                            | must look like
          wallets --url http://user@127.0.0.1                      | must look like
          wallets --key-id a"b                                     | key's id
          wallets --secret-file /nowhere/at/all                    | /nowhere/at/all
          """)
  void refusesWhatItDoesNotUnderstand(String line, String hint) {
    var result = terminal.run(line.split(" "));

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(hint).contains("--help").doesNotContain("Exception");
  }

  @Test
  void refusesToRunWithoutACommand() {
    assertThat(terminal.run().exitCode()).isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WALLETSYNC_KEY_ID", "WALLETSYNC_KEY_SECRET"})
  void namesTheVariableThatIsMissing(String variable) {
    var result = terminal.unset(variable).run("wallets");

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.err()).contains(variable);
  }

  @Test
  void neverShowsASecretItCannotRead() {
    var result = terminal.set("WALLETSYNC_KEY_SECRET", "hunter2!").run("wallets");

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.err()).contains("not base64").doesNotContain("hunter2").doesNotContain("!");
  }

  @Test
  void warnsBeforeItSendsInTheClear() {
    var result =
        terminal.unset("WALLETSYNC_KEY_ID").run("wallets", "--url", "http://wallets.example");

    assertThat(result.err()).contains("Warning: plain http to wallets.example");
  }

  @ParameterizedTest
  @CsvSource({
    "http://wallets.example:8080, true",
    "http://10.0.0.1, true",
    "http://127.0.0.1.example, true",
    "https://wallets.example, false",
    "http://127.0.0.1:8080, false",
    "http://127.1.2.3, false",
    "http://LOCALHOST:8080, false",
    "http://[::1]:8080, false"
  })
  void knowsWhichServersCanBeOverheard(URI server, boolean readable) {
    assertThat(ServerOptions.isReadableOnTheWay(server)).isEqualTo(readable);
  }

  @Test
  void explainsEveryCommand() {
    assertThat(terminal.run("--help").out())
        .contains("wallets", "wallet ", "balance", "sync", "get", "post", "alerts", "Exit codes:");
    assertThat(terminal.run("sync", "--help").out()).contains("--idempotency-key", "--user-id");
  }
}
