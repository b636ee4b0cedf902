package io.walletsync.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

final class CanonicalJsonProperties {
  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenReadsBackTheSame(
      @ForAll("objects") SortedMap<String, @Nullable Object> object) {
    assertThat(new JsonReader(write(object)).read()).isEqualTo(object);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void differentObjectsAreWrittenDifferently(
      @ForAll("objects") SortedMap<String, @Nullable Object> a,
      @ForAll("objects") SortedMap<String, @Nullable Object> b) {
    assertThat(write(a).equals(write(b))).isEqualTo(a.equals(b));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theOrderOfComingMakesNoDifference(
      @ForAll("objects") SortedMap<String, @Nullable Object> object) {
    var reversed = new TreeMap<String, @Nullable Object>();
    object.reversed().forEach(reversed::put);

    assertThat(write(reversed)).isEqualTo(write(object));
  }

  @Example
  void writesTheEscapesOfRfc8785() {
    var all = new StringBuilder();
    for (var c = 0; c < 0x20; c++) {
      all.append((char) c);
    }

    assertThat(write(new TreeMap<>(Map.of("\"\\/", all + "\u007f\u20ac$\u000f\nA'B\"\\\\\"/"))))
        .isEqualTo(
            "{\"\\\"\\\\/\":\""
                + "\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r"
                + "\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018"
                + "\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f"
                + "\u007f\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Example
  void sortsNamesByTheirUtf16UnitsAsRfc8785Does() {
    var names = new TreeMap<String, @Nullable Object>();
    for (var name :
        new String[] {"\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"}) {
      names.put(name, null);
    }

    assertThat(write(names))
        .isEqualTo(
            "{\"\\r\":null,\"1\":null,\"\u0080\":null,\"\u00f6\":null,\"\u20ac\":null,"
                + "\"\ud83d\ude00\":null,\"\ufb33\":null}");
  }

  @Example
  void writesNoWhiteSpaceAndTellsNullFromEmpty() {
    var inner = new TreeMap<String, @Nullable Object>();
    inner.put("b", null);
    inner.put("a", "");
    var object = new TreeMap<String, @Nullable Object>();
    object.put("inner", inner);
    object.put("empty", new TreeMap<String, @Nullable Object>());

    assertThat(write(object)).isEqualTo("{\"empty\":{},\"inner\":{\"a\":\"\",\"b\":null}}");
  }

  @Example
  void writesNothingElse() {
    assertThatThrownBy(() -> write(new TreeMap<>(Map.of("number", 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String write(SortedMap<String, @Nullable Object> object) {
    return new CanonicalJson().object(object).toString();
  }

  @Provide
  Arbitrary<SortedMap<String, @Nullable Object>> objects() {
    var inner = object(texts().map(Object.class::cast));
    return object(Arbitraries.oneOf(texts(), texts(), inner));
  }

  private static Arbitrary<SortedMap<String, @Nullable Object>> object(
      Arbitrary<? extends Object> values) {
    return Arbitraries.maps(texts(), values.optional(0.8))
        .ofMaxSize(4)
        .map(CanonicalJsonProperties::nulls);
  }

  private static SortedMap<String, @Nullable Object> nulls(
      Map<String, ? extends Optional<?>> members) {
    var object = new TreeMap<String, @Nullable Object>();
    members.forEach((name, value) -> object.put(name, value.orElse(null)));
    return object;
  }

  /** Short texts of few characters, so that names collide, and any text at all. */
  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("ab\"\\\n\u0000\u001f{}:,").ofMaxLength(3),
        Arbitraries.strings().ofMaxLength(10));
  }
}
