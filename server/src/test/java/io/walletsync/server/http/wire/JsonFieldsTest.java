package io.walletsync.server.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.server.http.problem.FieldError;
import io.walletsync.server.http.problem.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
  @Test
  void readsEveryKindOfField() {
    var fields =
        fields(
            """
            {"text": "a", "list": ["b"], "map": {"c": "d"}, "patch": {"e": "f", "g": null},
             "number": 7, "flag": true, "nothing": null}
            """);
    var text = fields.requiredText("text", Function.identity());
    var list = fields.requiredList("list", Function.identity());
    var map = fields.requiredTextMap("map");
    var patch = fields.optionalPatch("patch");
    var number = fields.optionalNumber("number", Long::valueOf);
    var flag = fields.optionalFlag("flag");
    var nothing = fields.optionalText("nothing", Function.identity());
    var absent = fields.optionalText("absent", Function.identity());
    fields.done();
    assertThat(text.get()).isEqualTo("a");
    assertThat(list.get()).containsExactly("b");
    assertThat(map.get()).isEqualTo(Map.of("c", "d"));
    var expected = new LinkedHashMap<String, @Nullable String>();
    expected.put("e", "f");
    expected.put("g", null);
    assertThat(patch.orNull()).isEqualTo(expected);
    assertThat(number.get()).isEqualTo(7);
    assertThat(flag.orElse(false)).isTrue();
    assertThat(nothing.orNull()).isNull();
    assertThat(absent.orElse("other")).isEqualTo("other");
  }

  @Test
  void collectsEverythingThatIsWrong() {
    var errors =
        errors(
            """
            {"number": "7", "list": [1, "ok", "no"], "map": {"c": null}, "\\ud800x": 1, "flag": 0}
            """,
            fields -> {
              fields.requiredText("text", Function.identity());
              fields.requiredList("list", JsonFieldsTest::ok);
              fields.optionalTextMap("map");
              fields.optionalNumber("number", Long::valueOf);
              fields.optionalFlag("flag");
            });
    assertThat(errors)
        .containsExactly(
            new FieldError("text", "is required"),
            new FieldError("list[0]", "must be a text"),
            new FieldError("list[2]", "must be ok"),
            new FieldError("map.c", "must be a text"),
            new FieldError("number", "must be a whole number"),
            new FieldError("flag", "must be true or false"),
            new FieldError("?x", "is not a field of this request"));
  }

  @Test
  void refusesHalfACharacter() {
    assertThat(errors("{\"text\": \"\\ud83d\"}", f -> f.requiredText("text", Function.identity())))
        .containsExactly(new FieldError("text", "must be well-formed Unicode"));
    assertThat(errors("{\"map\": {\"\\udc00\": \"x\"}}", f -> f.requiredTextMap("map")))
        .containsExactly(new FieldError("map.?", "must be well-formed Unicode"));
    var fields = fields("{\"text\": \"\\ud83d\\ude00\"}");
    var text = fields.requiredText("text", t -> Text.printable(t, 1));
    fields.done();
    assertThat(text.get()).hasSize(2);
  }

  @Test
  void readsAnAbsentBodyAsNoFields() {
    for (var fields : List.of(JsonFields.of(null), JsonFields.of(new byte[0]))) {
      fields.optionalText("text", Function.identity());
      fields.done();
    }
  }

  @Test
  void aFieldStaysClosedUntilAllIsRight() {
    var text = fields("{}").requiredText("text", Function.identity());
    assertThatThrownBy(text::get).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "\"text\"",
        "{",
        "{} {}",
        "{} x",
        " ",
        "{\"a\": 1, \"a\": 1}",
        "{\"m\": {\"a\": 1, \"\\u0061\": 2}}",
        "{'a': 1}",
        "{\"a\": NaN}",
        "{\"a\": 01}",
        "{\"a\": 1e99999999999999999999}",
        "{\"a\": 1,}",
        "{/* */}",
        "{\"a\": \"\t\"}",
        "{\"a\":[[[[[[[[[[]]]]]]]]]]}",
        "\uFEFF{}"
      })
  void refusesWhatIsNotOnePlainJsonObject(String body) {
    assertThat(errors(body, _ -> {})).extracting(FieldError::field).containsExactly("");
  }

  @Test
  void refusesOtherEncodingsThanUtf8() {
    assertThatThrownBy(() -> JsonFields.of("{}".getBytes(StandardCharsets.UTF_16)))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> JsonFields.of("{}".getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> JsonFields.of("{\"a\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(InvalidRequest.class);
  }

  private static String ok(String text) {
    if (!text.equals("ok")) {
      throw new InvalidValue("must be ok");
    }
    return text;
  }

  private static JsonFields fields(String json) {
    return JsonFields.of(json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<FieldError> errors(String json, Consumer<JsonFields> reading) {
    var invalid =
        catchThrowableOfType(
            InvalidRequest.class,
            () -> {
              var fields = fields(json);
              reading.accept(fields);
              fields.done();
            });
    return invalid.errors();
  }
}
