package io.walletsync.server.provider.flutterwave;

import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The text of a notification. It is a hint and moves no money, so what is missing or of another
 * type than documented is absent and never a reason to drop the rest.
 */
public final class Announcement {
  private static final int LONGEST_NAME = 100;

  private Announcement() {}

  /** The JSON object, or a node that has nothing in it. */
  public static JsonNode open(byte[] body) {
    try {
      return StrictJson.object(body);
    } catch (UnreadableReply e) {
      return MissingNode.getInstance();
    }
  }

  /** A short printable text. */
  public static @Nullable String name(JsonNode node) {
    try {
      return node.isString() ? Text.printable(node.stringValue(), LONGEST_NAME) : null;
    } catch (InvalidValue e) {
      return null;
    }
  }

  /** Everything, unless each of the nodes names a currency. */
  public static Concern concern(JsonNode... currencies) {
    try {
      return new Concern.Currencies(
          Arrays.stream(currencies).map(Announcement::currency).collect(Collectors.toSet()));
    } catch (InvalidValue e) {
      return new Concern.Everything();
    }
  }

  private static CurrencyCode currency(JsonNode node) {
    return new CurrencyCode(node.isString() ? node.stringValue() : "");
  }
}
