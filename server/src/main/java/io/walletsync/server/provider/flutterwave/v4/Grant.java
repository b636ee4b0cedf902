package io.walletsync.server.provider.flutterwave.v4;

import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import java.time.Duration;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What came of asking for a token. */
sealed interface Grant {
  /** How long others may be given the same. */
  Duration keptFor();

  /**
   * An access token (API v4, "Authentication").
   *
   * @param value shown to Flutterwave and to nobody else
   * @param keptFor until shortly before its end, so that none ends on its way to Flutterwave
   */
  record Token(String value, Duration keptFor) implements Grant {
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]{1,16384}");
    private static final Duration MARGIN = Duration.ofSeconds(60);
    private static final long LONGEST_SECONDS = 3600;

    static Token read(byte[] body) throws UnreadableReply {
      var answer = StrictJson.object(body);
      var value = StrictJson.text(answer, "access_token");
      if (!VALUE.matcher(value).matches()
          || !StrictJson.text(answer, "token_type").equalsIgnoreCase("Bearer")) {
        throw new UnreadableReply();
      }
      return new Token(value, keptFor(answer.path("expires_in")));
    }

    /** A token of unknown life serves those who wait for it and is not kept. */
    private static Duration keptFor(JsonNode seconds) {
      if (!seconds.isIntegralNumber() || !seconds.canConvertToLong()) {
        return Duration.ZERO;
      }
      var life = Duration.ofSeconds(Math.min(seconds.longValue(), LONGEST_SECONDS));
      return life.compareTo(MARGIN) > 0 ? life.minus(MARGIN) : Duration.ZERO;
    }

    @Override
    public String toString() {
      return "Token[hidden]";
    }
  }

  /** There is none to be had now; whoever asks next asks again. */
  record Denied(ProviderFailure failure) implements Grant {
    @Override
    public Duration keptFor() {
      return Duration.ZERO;
    }
  }
}
