package io.walletsync.core.rule;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.rule.Condition.Direction;
import io.walletsync.core.rule.Condition.Size;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the members of one condition; one that nobody asked for is wrong, as is a bad one. */
final class ConditionReader {
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?");
  private static final Pattern PERCENT = Pattern.compile("(0|[1-9][0-9]{0,5})(\\.[0-9]{1,6})?");
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  private final Map<String, String> fields;
  private final Set<String> known = new HashSet<>();

  ConditionReader(Map<String, String> fields) {
    this.fields = fields;
  }

  AlertKind kind() {
    var code = required("kind");
    return Arrays.stream(AlertKind.values())
        .filter(kind -> kind.code().equals(code))
        .findFirst()
        .orElseThrow(this::noSuchKind);
  }

  InvalidCondition noSuchKind() {
    return new InvalidCondition(
        "kind",
        "must be one of "
            + Arrays.stream(AlertKind.values())
                .filter(kind -> kind != AlertKind.STORM && kind != AlertKind.ENGINE_ERROR)
                .map(AlertKind::code)
                .collect(Collectors.joining(", ")));
  }

  Money money(String name) {
    return money(name, required(name));
  }

  Money money(String name, Money otherwise) {
    var text = optional(name);
    return text == null ? otherwise : money(name, text);
  }

  Money unsignedMoney(String name) {
    return unsigned(name, money(name));
  }

  @Nullable Money optionalMoney(String name) {
    var text = optional(name);
    return text == null ? null : unsigned(name, money(name, text));
  }

  private static Money unsigned(String name, Money money) {
    if (money.amount().signum() < 0) {
      throw new InvalidCondition(name, "must not be negative");
    }
    return money;
  }

  private Money money(String name, String text) {
    var code = required("currency");
    if (!DECIMAL.matcher(text).matches()) {
      throw new InvalidCondition(
          name, "must be a decimal text with at most 18 digits before and 18 after the point");
    }
    try {
      return new Money(new BigDecimal(text), new CurrencyCode(code));
    } catch (InvalidValue e) {
      throw new InvalidCondition("currency", String.valueOf(e.getMessage()));
    }
  }

  Duration duration(String name) {
    return duration(name, required(name), LONGEST);
  }

  Duration duration(String name, Duration longest) {
    return duration(name, required(name), longest);
  }

  @Nullable Duration optionalDuration(String name) {
    var text = optional(name);
    return text == null ? null : duration(name, text, LONGEST);
  }

  private static Duration duration(String name, String text, Duration longest) {
    try {
      var duration = Duration.parse(text);
      if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(longest) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException _) {
      // falls through to the one sentence for everything that is no such duration
    }
    throw new InvalidCondition(
        name, "must be an ISO 8601 duration from PT1M to P" + longest.toDays() + "D, such as PT1H");
  }

  /** However it is written: P1D and PT24H are the same. */
  Duration oneOf(String name, List<Duration> allowed, @Nullable Duration otherwise) {
    var text = otherwise == null ? required(name) : optional(name);
    if (text == null && otherwise != null) {
      return otherwise;
    }
    try {
      var duration = Duration.parse(String.valueOf(text));
      if (allowed.contains(duration)) {
        return duration;
      }
    } catch (DateTimeParseException _) {
      // falls through to the one sentence for everything that is not allowed
    }
    throw new InvalidCondition(
        name,
        "must be one of "
            + allowed.stream().map(ConditionReader::inDays).collect(Collectors.joining(", ")));
  }

  private static String inDays(Duration duration) {
    return duration.equals(Duration.ofDays(duration.toDays()))
        ? "P" + duration.toDays() + "D"
        : duration.toString();
  }

  Direction direction() {
    var text = optional("direction");
    return text == null ? Direction.EITHER : ConditionFields.direction(text);
  }

  /** Exactly one of the two. */
  Size size() {
    var amount = optional("amount");
    var percent = optional("percent");
    if ((amount == null) == (percent == null)) {
      throw new InvalidCondition("amount", "exactly one of amount and percent must be given");
    }
    if (amount != null) {
      return new Size.Amount(unsigned("amount", money("amount", amount)));
    }
    if (percent == null || !PERCENT.matcher(percent).matches()) {
      throw new InvalidCondition(
          "percent", "must be a decimal text from 0 to 999999.999999, such as 12.5");
    }
    return new Size.Percent(new BigDecimal(percent));
  }

  private String required(String name) {
    var text = optional(name);
    if (text == null) {
      throw new InvalidCondition(name, "is required for this condition");
    }
    return text;
  }

  private @Nullable String optional(String name) {
    known.add(name);
    return fields.get(name);
  }

  void done() {
    for (var name : fields.keySet()) {
      if (!known.contains(name)) {
        throw new InvalidCondition(name, "is not a field of this kind of condition");
      }
    }
  }
}
