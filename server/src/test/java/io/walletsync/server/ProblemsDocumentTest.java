package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** Each kind of problem in the code is documented with its status, in both documents. */
class ProblemsDocumentTest {
  private static final Path SOURCES = Path.of("src/main/java/io/walletsync/server/http");
  private static final Pattern IN_CODE =
      Pattern.compile(
          "Problem\\s*\\.of\\(\\s*([\\w.]+|HttpStatus\\.\\w+\\.value\\(\\)),\\s*\"([a-z-]+)\"");

  /** A challenge is always a 401. */
  private static final Pattern CHALLENGES = Pattern.compile("challenge\\(\\s*\"([a-z-]+)\"");

  private static final Pattern IN_TABLE =
      Pattern.compile("(?m)^\\| (\\d{3}) \\| `([a-z-]+)` \\| [^|]{20,} \\| [^|]{8,} \\|$");
  private static final String TYPE = "urn:walletsync:problem:";

  @Test
  void theTableListsWhatTheCodeAnswers() throws IOException {
    var table = new TreeMap<String, Integer>();
    var rows = IN_TABLE.matcher(Files.readString(Path.of("..", "docs", "problems.md")));
    while (rows.find()) {
      assertThat(table.put(rows.group(2), Integer.valueOf(rows.group(1)))).isNull();
    }
    assertThat(table).isEqualTo(inCode()).hasSizeGreaterThan(20);
  }

  @Test
  void theDescriptionHasASchemaForWhatTheCodeAnswers() throws IOException {
    var description =
        new ApiDescription(Files.readString(Path.of("src/main/resources/static/openapi.yaml")));
    var schemas = new TreeMap<String, Integer>();
    for (var schema : description.document().at("/components/schemas")) {
      var type = schema.at("/properties/type/const").asString("");
      if (type.startsWith(TYPE)) {
        var slug = type.substring(TYPE.length());
        assertThat(schemas.put(slug, schema.at("/properties/status/const").asInt())).isNull();
      }
    }
    assertThat(schemas).isEqualTo(inCode());
  }

  @Test
  void theExampleIsOneThatFits() throws IOException {
    var document = Files.readString(Path.of("..", "docs", "problems.md"));
    var begin = document.indexOf("```json\n") + "```json\n".length();
    var example = document.substring(begin, document.indexOf("```", begin));
    var description =
        new ApiDescription(Files.readString(Path.of("src/main/resources/static/openapi.yaml")));
    var schema = description.document().at("/components/schemas/InvalidRequest");
    assertThat(description.errors(schema, JsonMapper.shared().readTree(example))).isEmpty();
  }

  private static SortedMap<String, Integer> inCode() throws IOException {
    var problems = new TreeMap<String, Integer>();
    try (var files = Files.walk(SOURCES)) {
      for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        var code = Files.readString(file);
        var found = IN_CODE.matcher(code);
        while (found.find()) {
          put(problems, found.group(2), status(found.group(1)));
        }
        var challenges = CHALLENGES.matcher(code);
        while (challenges.find()) {
          put(problems, challenges.group(1), 401);
        }
      }
    }
    return problems;
  }

  private static void put(Map<String, Integer> problems, String slug, int status) {
    var before = problems.put(slug, status);
    assertThat(before == null || before == status).as(slug + " has one status").isTrue();
  }

  private static int status(String code) {
    var named = Pattern.compile("HttpStatus\\.(\\w+)\\.value\\(\\)").matcher(code);
    return named.matches() ? HttpStatus.valueOf(named.group(1)).value() : Integer.parseInt(code);
  }
}
