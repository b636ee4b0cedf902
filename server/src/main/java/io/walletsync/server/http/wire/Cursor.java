package io.walletsync.server.http.wire;

import io.walletsync.server.http.problem.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * Where the next page of a listing starts, in a form that callers do not take apart. A cursor of
 * another listing, or one that was changed on its way, is noticed. It grants nothing: what a caller
 * may see is decided anew for every page.
 */
public final class Cursor {
  private static final int CHECK_BYTES = 6;

  private Cursor() {}

  /**
   * Packs a position.
   *
   * @param listing names the listing it belongs to
   */
  public static String encode(String listing, String position) {
    var text = position.getBytes(StandardCharsets.UTF_8);
    var packed = Arrays.copyOf(check(listing, text), CHECK_BYTES + text.length);
    System.arraycopy(text, 0, packed, CHECK_BYTES, text.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(packed);
  }

  /** The position that was packed for that listing, or {@link InvalidRequest}. */
  public static String decode(String listing, String cursor) {
    return decode(listing, cursor, "cursor");
  }

  /** The same, where the parameter has a name of its own. */
  public static String decode(String listing, String cursor, String parameter) {
    byte[] packed;
    try {
      packed = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw invalid(parameter);
    }
    if (packed.length < CHECK_BYTES) {
      throw invalid(parameter);
    }
    var text = Arrays.copyOfRange(packed, CHECK_BYTES, packed.length);
    var position = new String(text, StandardCharsets.UTF_8);
    // compared whole, so that one position has one cursor
    if (!encode(listing, position).equals(cursor)) {
      throw invalid(parameter);
    }
    return position;
  }

  /** A position's parts between blanks; a cursor that somebody made up may have fewer. */
  public static String[] parts(String position, int number) {
    var parts = position.split(" ", number);
    if (parts.length < number) {
      throw invalid("cursor");
    }
    return parts;
  }

  static UUID decodeUuid(String listing, String cursor) {
    return UuidText.parse("cursor", decode(listing, cursor));
  }

  private static InvalidRequest invalid(String parameter) {
    return new InvalidRequest(parameter, "must be the next_cursor of the page before");
  }

  private static byte[] check(String listing, byte[] position) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(("walletsync cursor\n" + listing + "\n").getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest.digest(position), CHECK_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
