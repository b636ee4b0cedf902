package io.walletsync.core.channel;

import io.walletsync.core.kernel.InvalidValue;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** Where messages go. Whoever knows an address may write there, so none is ever printed. */
public sealed interface Channel {
  Kind kind();

  /** Enough for its owner to know it again, and nothing that opens it. */
  String masked();

  /** Signed messages to a receiver of one's own. */
  record Webhook(String url) implements Channel {
    @Override
    public Kind kind() {
      return Kind.WEBHOOK;
    }

    @Override
    public String masked() {
      return maskedPath(url);
    }

    @Override
    public String toString() {
      return "Webhook[hidden]";
    }
  }

  /** Readable texts to an incoming webhook as Slack, Mattermost and others take them. */
  record Slack(String url) implements Channel {
    @Override
    public Kind kind() {
      return Kind.SLACK;
    }

    @Override
    public String masked() {
      return maskedPath(url);
    }

    @Override
    public String toString() {
      return "Slack[hidden]";
    }
  }

  /** Readable texts by e-mail. */
  record Email(List<String> to) implements Channel {
    private static final int MOST = 20;
    private static final int LONGEST = 254;
    private static final Pattern ADDRESS =
        Pattern.compile(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
                + "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}))+");

    public Email {
      if (to.isEmpty() || to.size() > MOST) {
        throw new InvalidValue("must be 1 to " + MOST + " addresses");
      }
      to = List.copyOf(to);
      to.forEach(Email::address);
    }

    /** One address, with nothing in it that could end a header; or {@link InvalidValue}. */
    public static String address(String text) {
      if (text.length() > LONGEST || !ADDRESS.matcher(text).matches()) {
        throw new InvalidValue("must be an e-mail address such as ops@example.com");
      }
      return text;
    }

    @Override
    public Kind kind() {
      return Kind.EMAIL;
    }

    @Override
    public String masked() {
      return to.stream()
          .map(address -> address.charAt(0) + "...@" + address.substring(address.indexOf('@') + 1))
          .reduce((a, b) -> a + ", " + b)
          .orElseThrow();
    }

    @Override
    public String toString() {
      return "Email[hidden]";
    }
  }

  /** Scheme, host and port: many a receiver is known by nothing but the path or query behind. */
  private static String maskedPath(String url) {
    var address = URI.create(url);
    return address.getScheme() + "://" + address.getRawAuthority() + "/...";
  }

  /** The kinds; the codes are stored and sent. */
  enum Kind {
    WEBHOOK("webhook"),
    SLACK("slack"),
    EMAIL("email");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    /** The kind of that code, or {@link InvalidValue}. */
    public static Kind of(String code) {
      for (var kind : values()) {
        if (kind.code.equals(code)) {
          return kind;
        }
      }
      throw new InvalidValue("must be one of webhook, slack, email");
    }
  }
}
