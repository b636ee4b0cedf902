package io.walletsync.core.channel;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt to send.
 *
 * @param status null where no answer came
 * @param snippet the beginning of what the receiver said; null where it said nothing
 * @param retryAfter what it asked for, where it did
 */
public record Reply(
    Result result,
    @Nullable Integer status,
    @Nullable String snippet,
    @Nullable Duration retryAfter) {

  public static Reply of(Result result) {
    return new Reply(result, null, null, null);
  }

  public boolean isTaken() {
    return result == Result.TAKEN;
  }

  /** The kinds of answers; the codes are stored and shown. */
  public enum Result {
    TAKEN,
    /** An answer of another status. */
    REFUSED,
    /** A redirect, which is not followed. */
    REDIRECTED,
    /** It has too much to do, and wants to be left alone for a while. */
    BUSY,
    /** It wants nothing any more, ever. */
    GONE,
    TIMEOUT,
    /** No connection, or one that broke. */
    UNREACHABLE,
    /** The name is not known. */
    UNKNOWN_HOST,
    /** It leads, or its form does, where this server does not call. */
    FORBIDDEN_ADDRESS,
    /** What came is not valid HTTP. */
    UNREADABLE,
    /** This server has no way to send such messages. */
    NOT_CONFIGURED,
    /** A fault of this server. */
    INTERNAL;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
