package io.walletsync.server.provider.flutterwave;

import static java.util.stream.Collectors.toSet;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Replies that were damaged on the way, and what they still state. */
public final class Damage {
  private static final Pattern ENTRY = Pattern.compile("\\{[^{}]*\\}");
  private static final Pattern CURRENCY = Pattern.compile("\"currency\"\\s*:\\s*\"(\\w+)\"");
  private static final String NUMBER =
      "\\s*:\\s*(-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?0*[0-9]{1,3})?)\\s*(?=[,}])";

  private Damage() {}

  /** Texts of these samples with up to three places damaged. */
  public static Arbitrary<String> of(String... names) {
    var character =
        Arbitraries.of("\"{}[]:,.-+eE0123456789 \\ntrufalsNGUSDXOFbc\u0000\u00a0".split(""));
    var replacement = character.list().ofMaxSize(3).map(parts -> String.join("", parts));
    var place = Arbitraries.doubles().between(0, 1);
    var damage =
        Combinators.combine(place, Arbitraries.integers().between(0, 3), replacement).as(Tuple::of);
    return Combinators.combine(
            Arbitraries.of(names).map(Samples::text), damage.list().ofMinSize(1).ofMaxSize(3))
        .as(
            (sample, damages) -> {
              var text = new StringBuilder(sample);
              for (var one : damages) {
                int at = (int) (one.get1() * text.length());
                text.replace(at, Math.min(text.length(), at + one.get2()), one.get3());
              }
              return text.toString();
            });
  }

  /** What the text states, found without the code under test: currency and these amounts. */
  public static Set<List<String>> statements(String text, String... fields) {
    return ENTRY
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .flatMap(entry -> statements(entry, List.of(fields)))
        .collect(toSet());
  }

  private static Stream<List<String>> statements(String entry, List<String> fields) {
    var statements = CURRENCY.matcher(entry).results().map(found -> List.of(upper(found.group(1))));
    for (var field : fields) {
      var amounts =
          Pattern.compile('"' + field + '"' + NUMBER)
              .matcher(entry)
              .results()
              .map(found -> plain(new BigDecimal(found.group(1))))
              .toList();
      statements =
          statements.flatMap(before -> amounts.stream().map(amount -> with(before, amount)));
    }
    return statements;
  }

  /** A statement as these are written. */
  public static List<String> statement(String currency, BigDecimal... amounts) {
    return Stream.concat(Stream.of(upper(currency)), Stream.of(amounts).map(Damage::plain))
        .toList();
  }

  private static List<String> with(List<String> before, String amount) {
    var all = new ArrayList<>(before);
    all.add(amount);
    return List.copyOf(all);
  }

  private static String plain(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
