package io.walletsync.server.config;

import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.TargetRules;
import io.walletsync.core.delivery.RetryPolicy;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.server.mail.MailServer;
import io.walletsync.server.mail.OutgoingMail;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the environment says of messages to others. */
public record MessagingSettings(TargetRules targets, RetryPolicy retries, OutgoingMail mail) {
  private static final int SUBMISSION = 587;
  private static final Duration LONGEST_WAIT = Duration.ofDays(7);
  private static final int MOST_WAITS = 30;

  static MessagingSettings from(Function<String, Optional<String>> text) {
    return new MessagingSettings(targets(text), retries(text), new OutgoingMail(mail(text)));
  }

  private static TargetRules targets(Function<String, Optional<String>> text) {
    var name = "WALLETSYNC_WEBHOOKS_PORTS";
    var ports = new HashSet<Integer>();
    for (var port : list(text, name)) {
      ports.add(port(name, port));
    }
    return new TargetRules(flag(text, "WALLETSYNC_WEBHOOKS_ALLOW_LOCAL", false), ports);
  }

  private static RetryPolicy retries(Function<String, Optional<String>> text) {
    var waits =
        list(text, "WALLETSYNC_WEBHOOKS_RETRIES").stream().map(MessagingSettings::wait).toList();
    if (waits.size() > MOST_WAITS) {
      throw badRetries();
    }
    return waits.isEmpty()
        ? RetryPolicy.STANDARD
        : new RetryPolicy(waits, RetryPolicy.STANDARD.disableAfter());
  }

  private static Duration wait(String text) {
    try {
      var wait = Duration.parse(text);
      if (!wait.isNegative() && wait.compareTo(LONGEST_WAIT) <= 0) {
        return wait;
      }
    } catch (DateTimeParseException _) {
      // said below
    }
    throw badRetries();
  }

  private static SettingsProblem badRetries() {
    return new SettingsProblem(
        "WALLETSYNC_WEBHOOKS_RETRIES must be 1 to 30 ISO 8601 durations of at most P7D, separated by"
            + " commas, such as PT5S,PT5M,PT30M.");
  }

  private static Optional<MailServer> mail(Function<String, Optional<String>> text) {
    var host = text.apply("WALLETSYNC_SMTP_HOST").orElse("");
    var from = text.apply("WALLETSYNC_SMTP_FROM").orElse("");
    var user = text.apply("WALLETSYNC_SMTP_USER").orElse("");
    var password = text.apply("WALLETSYNC_SMTP_PASSWORD").orElse("");
    if (host.isEmpty() != from.isEmpty()) {
      throw new SettingsProblem(
          "WALLETSYNC_SMTP_HOST and WALLETSYNC_SMTP_FROM are only of use together: set both or"
              + " neither.");
    }
    if (user.isEmpty() != password.isEmpty()) {
      throw new SettingsProblem(
          "WALLETSYNC_SMTP_USER and WALLETSYNC_SMTP_PASSWORD are only of use together: set both or"
              + " neither.");
    }
    if (host.isEmpty()) {
      return Optional.empty();
    }
    try {
      Channel.Email.address(from);
    } catch (InvalidValue e) {
      throw new SettingsProblem("WALLETSYNC_SMTP_FROM " + e.getMessage() + ".", e);
    }
    var port = text.apply("WALLETSYNC_SMTP_PORT");
    return Optional.of(
        new MailServer(
            host,
            port.map(it -> port("WALLETSYNC_SMTP_PORT", it)).orElse(SUBMISSION),
            flag(text, "WALLETSYNC_SMTP_STARTTLS", true),
            user,
            password,
            from));
  }

  private static List<String> list(Function<String, Optional<String>> text, String name) {
    return text.apply(name)
        .map(value -> Arrays.stream(value.split(",", -1)).map(String::strip).toList())
        .orElse(List.of());
  }

  private static int port(String name, String text) {
    if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65_535) {
      throw new SettingsProblem(
          name + " must be a port number from 1 to 65535, and is " + text + ".");
    }
    return Integer.parseInt(text);
  }

  private static boolean flag(
      Function<String, Optional<String>> text, String name, boolean otherwise) {
    return switch (text.apply(name).orElse(String.valueOf(otherwise))) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new SettingsProblem(name + " must be true or false.");
    };
  }
}
