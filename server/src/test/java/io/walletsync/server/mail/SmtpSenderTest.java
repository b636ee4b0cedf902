package io.walletsync.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.Reply.Result;
import io.walletsync.core.channel.Sender.Message;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What arrives at a mail server. */
class SmtpSenderTest {
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final Channel TO =
      new Channel.Email(List.of("ops@example.com", "fin@example.com"));

  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private int port;

  @BeforeEach
  void start() {
    server.start();
    port = server.getSmtp().getPort();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void oneMessageArrivesAtEachRecipientUnderTheSameIdEachTime() throws Exception {
    var id = UUID.randomUUID();
    try (var sender = sender("", "")) {
      var text = "[WalletSync] Balance changed: 1.00 NGN\n\nWhat: Ẽkó ₦\nWhen: today\n";
      assertThat(sender.send(TO, message(id, text)).result()).isEqualTo(Result.TAKEN);
      assertThat(sender.send(TO, message(id, text)).result()).isEqualTo(Result.TAKEN);
    }

    assertThat(server.waitForIncomingEmail(5_000, 4)).isTrue();
    for (var got : server.getReceivedMessages()) {
      assertThat(got.getSubject()).isEqualTo("[WalletSync] Balance changed: 1.00 NGN");
      assertThat(got.getContent().toString().replace("\r\n", "\n").strip())
          .isEqualTo("What: Ẽkó ₦\nWhen: today");
      assertThat(got.getMessageID()).isEqualTo("<" + id + "@walletsync>");
      assertThat(got.getFrom()[0]).hasToString("walletsync@example.com");
    }
  }

  @Test
  void noSubjectBecomesAHeader() throws Exception {
    try (var sender = sender("", "")) {
      sender.send(TO, message(UUID.randomUUID(), "Hello\r\nBcc: evil@example.com\n\nText"));
    }

    assertThat(server.waitForIncomingEmail(5_000, 2)).isTrue();
    assertThat(server.getReceivedMessages()).hasSize(2);
    for (MimeMessage got : server.getReceivedMessages()) {
      assertThat(got.getHeader("Bcc")).isNull();
      assertThat(got.getSubject()).startsWith("Hello").contains("Bcc: evil@example.com");
    }
  }

  @Test
  void aServerThatWantsToKnowUsIsTold() {
    server.setUser("walletsync@example.com", "mailer", "secret");
    try (var right = sender("mailer", "secret");
        var wrong = sender("mailer", "guess")) {
      assertThat(right.send(TO, message(UUID.randomUUID(), "a\n\nb")).result())
          .isEqualTo(Result.TAKEN);
      assertThat(wrong.send(TO, message(UUID.randomUUID(), "a\n\nb")).result())
          .isEqualTo(Result.REFUSED);
    }
  }

  @Test
  void oneRecipientWhoIsRefusedKeepsNoOtherFromHearing() {
    try (var picky = new StubSmtp(Set.of("gone@example.com"));
        var sender = sender(picky.port(), "", "")) {
      var to = new Channel.Email(List.of("gone@example.com", "ops@example.com"));

      var reply = sender.send(to, message(UUID.randomUUID(), "a\n\nb"));

      assertThat(reply.result()).isEqualTo(Result.TAKEN);
      assertThat(picky.delivered()).containsExactly(List.of("ops@example.com"));
      assertThat(reply.snippet())
          .startsWith("g...@example.com: 550 5.1.1 <g...@example.com> no such mailbox")
          .doesNotContain("gone@", "ops@", "250");
    }
  }

  @Test
  void whoIsRefusedForNowIsSentToAgain() {
    try (var picky = new StubSmtp(Set.of());
        var sender = sender(picky.port(), "", "")) {
      var to = new Channel.Email(List.of("later@example.com", "ops@example.com"));

      var reply = sender.send(to, message(UUID.randomUUID(), "a\n\nb"));

      assertThat(reply.result()).isEqualTo(Result.REFUSED);
      assertThat(picky.delivered()).containsExactly(List.of("ops@example.com"));
      assertThat(reply.snippet()).startsWith("l...@example.com: 451 4.7.1");
    }
  }

  @Test
  void whereAllAreRefusedNothingIsTakenAndEachReplyIsKept() {
    try (var picky = new StubSmtp(Set.of("ops@example.com", "fin@example.com"));
        var sender = sender(picky.port(), "", "")) {
      var reply = sender.send(TO, message(UUID.randomUUID(), "a\n\nb"));

      assertThat(reply.result()).isEqualTo(Result.REFUSED);
      assertThat(picky.delivered()).isEmpty();
      assertThat(reply.snippet())
          .contains("o...@example.com: 550", "f...@example.com: 550")
          .doesNotContain("ops@", "fin@");
    }
  }

  @Test
  void whatTheServerSaysOfTheWholeMessageIsKept() {
    try (var full = new StubSmtp(Set.of(), "552 5.3.4 Too big for ops@example.com\u0007");
        var sender = sender(full.port(), "", "")) {
      var reply = sender.send(TO, message(UUID.randomUUID(), "a\n\nb"));

      assertThat(reply.result()).isEqualTo(Result.REFUSED);
      assertThat(reply.snippet())
          .startsWith("552 5.3.4 Too big for o...@example.com")
          .doesNotContainPattern("\\p{Cntrl}");
    }
  }

  @Test
  void aServerThatIsAwayIsAFailedAttempt() {
    server.stop();
    try (var sender = sender("", "")) {
      assertThat(sender.send(TO, message(UUID.randomUUID(), "a\n\nb")).result())
          .isEqualTo(Result.UNREACHABLE);
    }
  }

  @Test
  void aServerWithoutEncryptionIsRefusedWhereItIsAskedFor() {
    var encrypted = new MailServer("127.0.0.1", port, true, "", "", "walletsync@example.com");
    try (var sender = new SmtpSender(Optional.of(encrypted), DEADLINE)) {
      assertThat(sender.send(TO, message(UUID.randomUUID(), "a\n\nb")).isTaken()).isFalse();
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void withoutSettingsItIsNotReady() {
    try (var sender = new SmtpSender(Optional.empty(), DEADLINE)) {
      assertThat(sender.isReady()).isFalse();
    }
  }

  private SmtpSender sender(String user, String password) {
    return sender(port, user, password);
  }

  private static SmtpSender sender(int port, String user, String password) {
    return new SmtpSender(
        Optional.of(
            new MailServer("127.0.0.1", port, false, user, password, "walletsync@example.com")),
        DEADLINE);
  }

  private static Message message(UUID id, String text) {
    return new Message(id, Instant.parse("2026-11-22T08:00:00Z"), text, List.of());
  }
}
