package io.walletsync.server.mail;

import io.walletsync.core.channel.Channel;
import io.walletsync.server.net.Snippet;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Whom a mail server refused, and with which words. No address is repeated: each is masked as it is
 * where its subscription is shown, also within the server's own words.
 *
 * @param isTakenForOne whether it took the message for anybody
 * @param isForNow whether it refused anybody for now only, and may take it later
 * @param snippet null where it said nothing
 */
record SmtpRefusals(boolean isTakenForOne, boolean isForNow, @Nullable String snippet) {
  private static final int LOWEST_REFUSAL = 400;
  private static final int LOWEST_FOR_EVER = 500;

  static SmtpRefusals of(Channel.Email email, Exception... problems) {
    var taken = false;
    var isForNow = false;
    var said = new ArrayList<String>();
    for (var problem : problems) {
      if (problem instanceof SendFailedException failed) {
        var sent = failed.getValidSentAddresses();
        taken |= sent != null && sent.length > 0;
      }
      for (Exception each = problem;
          each instanceof MessagingException refusal;
          each = refusal.getNextException()) {
        add(email, refusal, said);
        isForNow |= refusal instanceof SMTPAddressFailedException one && isForNow(one);
      }
    }
    return new SmtpRefusals(
        taken, isForNow, Snippet.of(String.join("; ", said).getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean isForNow(SMTPAddressFailedException refusal) {
    return refusal.getReturnCode() >= LOWEST_REFUSAL && refusal.getReturnCode() < LOWEST_FOR_EVER;
  }

  private static void add(Channel.Email email, MessagingException refusal, List<String> said) {
    switch (refusal) {
      case SMTPAddressFailedException one ->
          said.add(masked(one.getAddress().getAddress()) + ": " + words(email, one));
      case SMTPSenderFailedException all -> said.add(words(email, all));
      // says of what was sent to some how that ended: with 250
      case SMTPSendFailedException all when all.getReturnCode() >= LOWEST_REFUSAL ->
          said.add(words(email, all));
      default -> {}
    }
  }

  private static String words(Channel.Email email, MessagingException refusal) {
    var words = String.valueOf(refusal.getMessage()).strip();
    for (var address : email.to()) {
      words =
          Pattern.compile(Pattern.quote(address), Pattern.CASE_INSENSITIVE)
              .matcher(words)
              .replaceAll(Matcher.quoteReplacement(masked(address)));
    }
    return words;
  }

  private static String masked(String address) {
    return new Channel.Email(List.of(address)).masked();
  }
}
