package io.walletsync.server.mail;

import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.Reply;
import io.walletsync.core.channel.Reply.Result;
import io.walletsync.core.channel.Sender;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * Sends texts by SMTP, one message to all recipients. It is taken once the server takes it for one
 * of them: who is refused keeps nobody else from hearing, and is named with what the server said.
 */
final class SmtpSender implements Sender, AutoCloseable {
  private static final int LONGEST_SUBJECT = 200;

  private final Optional<MailServer> server;
  private final JavaMailSenderImpl mail = new JavaMailSenderImpl();
  private final Duration deadline;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("mail-", 0).factory());

  SmtpSender(Optional<MailServer> server, Duration deadline) {
    this.server = server;
    this.deadline = deadline;
    server.ifPresent(this::setUp);
  }

  private void setUp(MailServer it) {
    mail.setHost(it.host());
    mail.setPort(it.port());
    mail.setDefaultEncoding("UTF-8");
    var properties = mail.getJavaMailProperties();
    if (!it.user().isEmpty()) {
      mail.setUsername(it.user());
      mail.setPassword(it.password());
      properties.setProperty("mail.smtp.auth", "true");
    }
    var encrypted = Boolean.toString(it.isEncrypted());
    properties.setProperty("mail.smtp.starttls.enable", encrypted);
    properties.setProperty("mail.smtp.starttls.required", encrypted);
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.sendpartial", "true");
    properties.setProperty("mail.smtp.connectiontimeout", "5000");
    properties.setProperty("mail.smtp.timeout", "10000");
    properties.setProperty("mail.smtp.writetimeout", "10000");
  }

  @Override
  public boolean isFor(Channel.Kind kind) {
    return kind == Channel.Kind.EMAIL;
  }

  @Override
  public boolean isReady() {
    return server.isPresent();
  }

  @Override
  public Reply send(Channel channel, Message message) {
    if (!(channel instanceof Channel.Email email)) {
      throw new IllegalArgumentException("no e-mail");
    }
    var sending = threads.submit(() -> send(email, message));
    try {
      return sending.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      sending.cancel(true);
      return Reply.of(Result.TIMEOUT);
    } catch (InterruptedException _) {
      sending.cancel(true);
      Thread.currentThread().interrupt();
      return Reply.of(Result.UNREACHABLE);
    } catch (ExecutionException _) {
      return Reply.of(Result.INTERNAL);
    }
  }

  private Reply send(Channel.Email email, Message message) {
    try {
      mail.send(mime(email, message));
      return Reply.of(Result.TAKEN);
    } catch (MailAuthenticationException _) {
      return Reply.of(Result.REFUSED);
    } catch (MailSendException e) {
      // with a cause of its own where no connection was made at all
      return e.getCause() == null ? refused(email, e) : Reply.of(Result.UNREACHABLE);
    } catch (MailException | MessagingException _) {
      return Reply.of(Result.INTERNAL);
    }
  }

  private static Reply refused(Channel.Email email, MailSendException refusal) {
    var said = SmtpRefusals.of(email, refusal.getMessageExceptions());
    // sent again to all where somebody may take it later: a second copy is less than a lost warning
    var isDone = said.isTakenForOne() && !said.isForNow();
    return new Reply(isDone ? Result.TAKEN : Result.REFUSED, null, said.snippet(), null);
  }

  /** The id is the same each time, by which many a mailbox knows what it has already. */
  private MimeMessage mime(Channel.Email email, Message message) throws MessagingException {
    var from = server.orElseThrow().from();
    var end = message.payload().indexOf("\n\n");
    var mime = new KeptIdMessage(mail.getSession(), message.id() + "@walletsync");
    var helper = new MimeMessageHelper(mime, "UTF-8");
    helper.setFrom(from);
    helper.setTo(email.to().toArray(String[]::new));
    helper.setSubject(subject(message.payload().substring(0, end)));
    helper.setSentDate(Date.from(message.at()));
    helper.setText(message.payload().substring(end + 2));
    mime.setHeader("Auto-Submitted", "auto-generated");
    return mime;
  }

  /** One line, whatever a name holds: a second one would be a header. */
  private static String subject(String text) {
    var line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT) : line;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** Jakarta Mail would give it another id each time. */
  private static final class KeptIdMessage extends MimeMessage {
    private final String id;

    KeptIdMessage(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + id + ">");
    }
  }
}
