package io.walletsync.server.provider;

import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import java.util.HashSet;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The fields of a notification. Nothing here throws: a body that is no JSON object has no fields,
 * and a field of another type than asked for is absent.
 */
public final class WebhookFields {
  private static final Pattern TYPE = Pattern.compile("[\\x21-\\x7e]{1,100}");

  private final JsonNode root;

  private WebhookFields(JsonNode root) {
    this.root = root;
  }

  public static WebhookFields of(byte[] body) {
    try {
      return new WebhookFields(StrictJson.object(body));
    } catch (UnreadableReply e) {
      return new WebhookFields(MissingNode.getInstance());
    }
  }

  /** What an event calls itself at this place, if that can be printed. */
  public String type(String... path) {
    return text(path).filter(text -> TYPE.matcher(text).matches()).orElse(Notice.UNKNOWN);
  }

  /** A text that is not empty. */
  public Optional<String> text(String... path) {
    var node = at(path);
    return node.isString() && !node.stringValue().isEmpty()
        ? Optional.of(node.stringValue())
        : Optional.empty();
  }

  /** An id: a whole number, or a text that is not empty; 7 and "7" are the same. */
  public Optional<String> id(String... path) {
    var node = at(path);
    return node.isIntegralNumber() ? Optional.of(node.bigIntegerValue().toString()) : text(path);
  }

  /** The wallets of the currencies in these fields of {@code data}; everything if one is none. */
  public Concern currencies(String... fields) {
    var currencies = new HashSet<CurrencyCode>();
    for (var field : fields) {
      try {
        currencies.add(new CurrencyCode(text("data", field).orElse("")));
      } catch (InvalidValue e) {
        return new Concern.Everything();
      }
    }
    return new Concern.Currencies(currencies);
  }

  private JsonNode at(String... path) {
    var node = root;
    for (var name : path) {
      node = node.path(name);
    }
    return node;
  }
}
