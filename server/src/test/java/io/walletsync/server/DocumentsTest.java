package io.walletsync.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.PaystackWebhooks;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The papers and the files for operators say what is so: links lead, metrics and tests exist. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path OPS = ROOT.resolve("ops");
  private static final Path MONITORING = ROOT.resolve("docs/monitoring.md");
  private static final Path DECISIONS = ROOT.resolve("docs/decisions");
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");

  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *$");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  /** Names that can only be meant as metrics, wherever they stand. */
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:walletsync|hikaricp|http_server|jvm|process)_[a-z0-9_]*[a-z0-9]\\b");

  /** What stands in a query beside metrics: labels, texts, durations, Grafana's variables. */
  private static final Pattern NO_METRIC =
      Pattern.compile(
          "\\{[^}]*}|\\[[^]]*]|\"[^\"]*\"|\\b(?:by|without) \\([^)]*\\)|\\boffset \\w+|\\$\\w+");

  private static final Set<String> LANGUAGE =
      Set.of(
          "sum",
          "max",
          "max_over_time",
          "rate",
          "increase",
          "histogram_quantile",
          "or",
          "unless",
          "label_values");

  /** Prometheus' own. */
  private static final String UP = "up";

  static List<Path> documents() {
    return files(ROOT, ".md");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) {
    var text = FENCE.matcher(read(document)).replaceAll("").replaceAll("`[^`\n]*`", "``");
    var dead =
        all(LINK, text, match -> match.group(1)).stream()
            .filter(link -> !link.matches("[a-z]+:.*"))
            .filter(link -> !leads(document, link))
            .toList();

    assertThat(dead).as("dead links in %s", ROOT.relativize(document)).isEmpty();
  }

  @Test
  void theReadmesFirstCommandCanBeRunWithoutScrolling() {
    var readme = read(ROOT.resolve("README.md"));
    var block = FENCE.matcher(readme);

    assertThat(block.find()).isTrue();
    var command = block.group(2).lines().findFirst().orElseThrow();
    var line = readme.substring(0, block.start(2)).lines().count() + 1;
    assertThat(line).isLessThanOrEqualTo(15);
    assertThat(ROOT.resolve(command.split(" ", 2)[0])).isExecutable();
    assertThat(readme).contains("<!-- test command -->\n```sh\n./mvnw verify\n```\n");
  }

  @Test
  void decisionsAreShortAndOfOneShape() {
    var decisions = files(DECISIONS, ".md");

    for (var i = 0; i < decisions.size(); i++) {
      var decision = decisions.get(i);
      var number = String.format(Locale.ROOT, "%04d", i + 1);
      var text = read(decision);
      assertThat(decision.getFileName().toString()).matches(number + "-[a-z0-9-]+\\.md");
      assertThat(text).as(decision.toString()).startsWith("# " + number + " ");
      assertThat(text.lines()).as(decision.toString()).hasSizeLessThanOrEqualTo(60);
      assertThat(all(HEADING, text, match -> match.group(1)).stream().skip(1))
          .as(decision.toString())
          .containsExactly("Context", "Decision", "Consequences");
    }
    assertThat(decisions).hasSizeGreaterThanOrEqualTo(13);
  }

  @Test
  void everyTestThatIsNamedExists() {
    var sources =
        files(ROOT, ".java").stream()
            .filter(path -> path.toString().contains("/src/test/java/"))
            .collect(
                Collectors.toMap(
                    path -> path.getFileName().toString(), DocumentsTest::read, String::concat));

    for (var document : documents()) {
      for (var test : all(TEST, read(document), match -> match)) {
        assertThat(sources.getOrDefault(test.group(1) + ".java", ""))
            .as("%s in %s", test.group(), ROOT.relativize(document))
            .contains(" " + test.group(2) + "(");
      }
    }
  }

  @Test
  void dashboardsAlertsAndTheGuideUseMetricsThatExist() {
    var shown = metricsOfAServer();
    var queries = queries();
    var queried = new TreeSet<String>();
    queries.forEach(query -> queried.addAll(metricsOf(query)));
    var named = new TreeSet<>(all(METRIC, read(MONITORING), MatchResult::group));
    files(OPS, "").forEach(file -> named.addAll(all(METRIC, read(file), MatchResult::group)));

    assertThat(queries).hasSizeGreaterThan(30);
    assertThat(queried).contains("walletsync_sync_attempts_total").contains(UP);
    queried.remove(UP);
    assertThat(names("(?m)^[a-z]\\w+", shown)).containsAll(queried);
    assertThat(names("(?m)^(?:# TYPE )?([a-z]\\w+)", shown)).containsAll(named);
  }

  @Test
  void everyAlertIsExplainedInTheGuide() {
    var alerts =
        rules().stream().map(rule -> "`" + rule.path("alert").stringValue() + "`").toList();

    assertThat(alerts).isNotEmpty();
    assertThat(read(MONITORING)).contains(alerts);
  }

  /** What a server shows after some calls, of which one failed and one was repeated. */
  private static String metricsOfAServer() {
    var database = TestDatabase.create();
    try (var paystack = new StubPaystack();
        var server = TestServer.start(database, paystack.url())) {
      paystack.has("sk_test_documents_number_1", "NGN", 1_700_000);
      var client = server.client();
      var connection = client.connect("sk_test_documents_number_1");
      var wallet = client.register(connection, "NGN");
      client.sync(wallet, "documents").expect(200);
      client.sync(wallet, "documents").expect(200);
      var expected =
          "{\"amount\":\"1\",\"as_of\":\"%s\",\"reference\":\"x\",\"settlement_lag\":\"PT0S\"}"
              .formatted(client.balance(wallet).text("as_of"));
      client
          .send("PUT", "/api/v1/wallets/" + wallet + "/expected-balance", null, Map.of(), expected)
          .expect(200);
      paystack.has("sk_test_documents_number_1", "NGN", 17_000);
      client.sync(wallet).expect(200);
      paystack.replies("sk_test_documents_number_1", _ -> new StubPaystack.Reply(500, ""));
      client.sync(wallet).expect(502);
      client.post("/api/v1/wallets/" + wallet + "/import-movements", "{}");
      database
          .look()
          .sql(
              """
              insert into movement_import (
                       wallet_id, failures, unexplained_changes, unexplained_amount, unexplained_in)
              select wallet_id, 0, 1, 1, currency from wallet
                  on conflict (wallet_id) do update
                 set unexplained_changes = 1, unexplained_amount = 1,
                     unexplained_in = excluded.unexplained_in
              """)
          .update();
      new PaystackWebhooks(server.address())
          .send(connection, "sk_test_documents_number_1", PaystackWebhooks.charge(1, 1))
          .expect(200);
      database.look().sql("update wallet_schedule set due_at = clock_timestamp()").update();
      Eventually.within(
          Duration.ofSeconds(30),
          "the early sync and the scheduled one are counted",
          () -> {
            var shown = scraped(server);
            return shown.contains("walletsync_early_syncs_total")
                && shown.contains("walletsync_schedule_put_off_total");
          });
      return scraped(server);
    }
  }

  private static String scraped(TestServer server) {
    var scrape = HttpRequest.newBuilder(server.address().resolve("/actuator/prometheus")).build();
    return ApiClient.send(scrape).expect(200).body();
  }

  /** The last group of each match, or the whole match where there is none. */
  private static Set<String> names(String pattern, String text) {
    return new TreeSet<>(all(Pattern.compile(pattern), text, m -> m.group(m.groupCount())));
  }

  private static List<String> queries() {
    var queries = new ArrayList<String>();
    rules().forEach(rule -> queries.add(rule.path("expr").stringValue()));
    for (var dashboard : files(OPS, ".json")) {
      var json = JsonMapper.shared().readTree(read(dashboard));
      json.findValues("expr").forEach(expr -> queries.add(expr.stringValue()));
      json.findValues("definition").forEach(query -> queries.add(query.stringValue()));
    }
    queries.addAll(
        all(FENCE, read(MONITORING), match -> match).stream()
            .filter(fence -> fence.group(1).equals("promql"))
            .map(fence -> fence.group(2))
            .toList());
    return queries;
  }

  private static List<JsonNode> rules() {
    var rules = new ArrayList<JsonNode>();
    for (var file : files(OPS, ".yml")) {
      JsonNode root = JsonMapper.shared().valueToTree(new Yaml().<Object>load(read(file)));
      root.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    }
    return rules;
  }

  private static Set<String> metricsOf(String query) {
    var bare = NO_METRIC.matcher(query.replaceAll(", *[a-z]+\\)$", ")")).replaceAll(" ");
    return all(NAME, bare, MatchResult::group).stream()
        .filter(not(LANGUAGE::contains))
        .collect(Collectors.toSet());
  }

  private static boolean leads(Path document, String link) {
    var parts = link.split("#", 2);
    var path = URLDecoder.decode(parts[0], UTF_8);
    var target = path.isEmpty() ? document : document.resolveSibling(path).normalize();
    return Files.exists(target)
        && target.startsWith(ROOT)
        && (parts.length == 1
            || all(
                    HEADING,
                    FENCE.matcher(read(target)).replaceAll(""),
                    match -> anchor(match.group(1)))
                .contains(parts[1]));
  }

  /** How hosting sites name a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private static <T> List<T> all(Pattern pattern, String text, Function<MatchResult, T> part) {
    return pattern.matcher(text).results().map(part).toList();
  }

  private static List<Path> files(Path folder, String ending) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> path.toString().endsWith(ending))
          .filter(
              path ->
                  Stream.of(ROOT.relativize(path).toString().split("/"))
                      .noneMatch(NOT_OURS::contains))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
