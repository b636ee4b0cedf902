package io.walletsync.core.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.kernel.InvalidValue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which forms of an address are accepted, and what a channel shows of one. */
class TargetRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "https://example.com/hooks?a=b",
        "https://a-b.example.co.uk:443/",
        "https://EXAMPLE.com/",
        "https://example.com:8443/"
      })
  void aPublicFormIsAccepted(String url) {
    var rules = new TargetRules(false, Set.of(8443));

    assertThat(rules.check(url)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "http://example.com/",
        "HTTPS:example.com",
        "https://",
        "https:///x",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https://intranet/",
        "https://user@example.com/",
        "https://u:p@example.com/",
        "https://example.com:80/",
        "https://example.com:9443/",
        "https://example.com/#a",
        "https://exa mple.com/",
        "https://example.com/\n",
        "https://ex\u0430mple.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "https://good.example.com@evil.example.com/"
      })
  void anyOtherFormIsRefused(String url) {
    assertThatThrownBy(() -> new TargetRules(false, Set.of(8443)).check(url))
        .isInstanceOf(InvalidValue.class);
  }

  @Test
  void anEndlessAddressIsRefused() {
    var longest = "https://example.com/" + "a".repeat(2_000 - 20);

    assertThatCode(() -> TargetRules.STRICT.check(longest)).doesNotThrowAnyException();
    assertThatThrownBy(() -> TargetRules.STRICT.check(longest + "a"))
        .isInstanceOf(InvalidValue.class);
  }

  @Test
  void developmentAllowsThisMachineAndNothingThatIsNoHttp() {
    var rules = new TargetRules(true, Set.of());

    assertThat(rules.check("http://127.0.0.1:8080/x")).isNotEmpty();
    assertThat(rules.check("http://localhost/")).isNotEmpty();
    assertThatThrownBy(() -> rules.check("file://host/etc")).isInstanceOf(InvalidValue.class);
    assertThatThrownBy(() -> rules.check("http://u@localhost/")).isInstanceOf(InvalidValue.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ops",
        "ops@",
        "@example.com",
        "ops@example",
        "a b@example.com",
        "ops@example.com\r\nBcc: x@example.com",
        "ops@exa\nmple.com",
        "<ops@example.com>",
        "ops@example.com,fin@example.com",
        "ops@-example.com",
        "öps@example.com"
      })
  void noAddressCanBecomeAHeader(String address) {
    assertThatThrownBy(() -> Channel.Email.address(address)).isInstanceOf(InvalidValue.class);
  }

  @Test
  void noChannelPrintsWhereItLeads() {
    var webhook = new Channel.Webhook("https://example.com:8443/hooks/secret?token=secret");
    var slack = new Channel.Slack("https://hooks.example.com/T0/secret");
    var email = new Channel.Email(List.of("secret@example.com"));

    assertThat(webhook.masked()).isEqualTo("https://example.com:8443/...");
    assertThat(slack.masked()).isEqualTo("https://hooks.example.com/...");
    assertThat(email.masked()).isEqualTo("s...@example.com");
    assertThat(webhook + " " + slack + " " + email).doesNotContain("secret", "example.com");
  }
}
