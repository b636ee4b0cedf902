package io.walletsync.core.channel;

import io.walletsync.core.kernel.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which addresses messages may be sent to by their form. What a name leads to is checked where it
 * is dialled, each time.
 *
 * @param isDevelopment whether http, addresses in digits and any port are allowed: off but for
 *     development and tests
 * @param ports allowed besides 443
 */
public record TargetRules(boolean isDevelopment, Set<Integer> ports) {
  public static final TargetRules STRICT = new TargetRules(false, Set.of());

  private static final int LONGEST = 2_000;
  private static final int HTTPS = 443;
  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,62})");

  public TargetRules {
    ports = Set.copyOf(ports);
  }

  /** The text where it is an address that may be called, or {@link InvalidValue}. */
  public String check(String text) {
    var url = url(text);
    if (isDevelopment) {
      if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
        throw new InvalidValue("must begin with https:// or http://");
      }
      return text;
    }
    if (!"https".equals(url.getScheme())) {
      throw new InvalidValue("must begin with https://");
    }
    if (!NAME.matcher(url.getHost()).matches()) {
      throw new InvalidValue("must name a host by its full name, not by numbers");
    }
    if (url.getPort() != -1 && url.getPort() != HTTPS && !ports.contains(url.getPort())) {
      throw new InvalidValue("must use port 443, or one that this server's settings allow");
    }
    return text;
  }

  private static URI url(String text) {
    if (text.length() <= LONGEST && text.chars().allMatch(c -> c > ' ' && c <= '~')) {
      try {
        var url = new URI(text);
        if (url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null) {
          return url;
        }
      } catch (URISyntaxException _) {
        // said below
      }
    }
    throw new InvalidValue(
        "must be an address such as https://example.com/hooks of at most "
            + LONGEST
            + " characters, without login or fragment");
  }
}
