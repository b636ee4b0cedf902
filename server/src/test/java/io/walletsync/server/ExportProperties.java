package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is taken away is what is there: exports that are read again hold the rows of the listings,
 * and add up to what was recorded, in both formats and wherever they break off.
 */
class ExportProperties {
  private static final long MOST = 999_999_999_999_999_999L;
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Texts that break careless quoting, or that a spreadsheet would run. */
  private static final List<String> ODD =
      List.of("=1+1", "a,b", "say \"hi\"", "two\r\nlines", "-5", "＝x", "naïve Ẽkó 你好", "it's", ";");

  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final StubPaystack PAYSTACK = new StubPaystack();
  private static final TestServer SERVER = TestServer.start(DATABASE, PAYSTACK.url());
  private static final ApiClient CLIENT = SERVER.client();

  @AfterContainer
  static void stop() {
    SERVER.close();
    PAYSTACK.close();
  }

  @Property(tries = 12, edgeCases = EdgeCasesMode.NONE)
  void snapshotsReadAgainAreThoseOfTheHistoryAndAddUpToWhatWasRecorded(
      @ForAll long seed, @ForAll @IntRange(max = 40) int rows) {
    var wallets = wallets(seed);
    var random = new Random(seed);
    var recorded = new ArrayList<BigDecimal>();
    for (var number = 0; number < rows; number++) {
      var amount = amount(random);
      recorded.add(amount);
      // a provider's id is of printable characters
      var name = odd(random).replace("\r\n", " ");
      snapshot(wallets.ids().get(random.nextInt(2)), number, amount, name);
    }

    var read = readAgain("/api/v1/exports/snapshots", wallets, random, "as_of");

    assertThat(sum(read, "balance")).isEqualByComparingTo(sum(recorded));
    assertThat(named(read, "snapshot_id"))
        .isEqualTo(listed(wallets, "/balance/history?order=asc&limit=7", "snapshot_id"));
  }

  @Property(tries = 12, edgeCases = EdgeCasesMode.NONE)
  void movementsReadAgainAreThoseOfTheListingAndAddUpToWhatWasImported(
      @ForAll long seed, @ForAll @IntRange(max = 40) int rows) {
    var wallets = wallets(seed);
    var random = new Random(seed);
    var imported = new ArrayList<BigDecimal>();
    for (var number = 0; number < rows; number++) {
      var amount = amount(random);
      imported.add(amount);
      movement(wallets.ids().get(random.nextInt(2)), random.nextInt(5), number, amount, random);
    }

    var read =
        readAgain("/api/v1/exports/movements", wallets, random, "occurred_at", "movement_key");

    assertThat(sum(read, "difference")).isEqualByComparingTo(sum(imported));
    assertThat(named(read, "movement_key"))
        .isEqualTo(listed(wallets, "/movements?order=asc&limit=7", "movement_key"));
  }

  /**
   * The rows in JSON Lines, after those in CSV were found to be the same, whole and in two parts.
   */
  private static List<JsonNode> readAgain(
      String route, Stock wallets, Random random, String... place) {
    var target = route + "?connection_id=" + wallets.connection() + "&format=";
    var json =
        CLIENT
            .get(target + "jsonl")
            .expect(200)
            .body()
            .lines()
            .map(line -> JSON.readTree(line))
            .toList();
    assertThat(csv(target + "csv")).isEqualTo(json.stream().map(ExportProperties::cells).toList());
    if (!json.isEmpty()) {
      var last = random.nextInt(json.size());
      var after = new ArrayList<>(List.of(json.get(last).get("wallet_id").asString()));
      for (var name : place) {
        after.add(json.get(last).get(name).asString());
      }
      assertThat(csv(target + "csv&after=" + String.join(",", after)))
          .isEqualTo(json.stream().skip(last + 1L).map(ExportProperties::cells).toList());
    }
    return json;
  }

  /** As a reader of CSV has them, without the apostrophes before what looks like a formula. */
  private static List<String> cells(JsonNode row) {
    return row.valueStream().map(cell -> cell.isNull() ? "" : cell.asString()).toList();
  }

  private static List<List<String>> csv(String target) {
    var rows = parsed(CLIENT.get(target).expect(200).body());
    return rows.subList(1, rows.size()).stream()
        .map(row -> row.stream().map(ExportProperties::unarmed).toList())
        .toList();
  }

  private static String unarmed(String cell) {
    return cell.startsWith("'") && cell.length() > 1 ? cell.substring(1) : cell;
  }

  /** RFC 4180, as a reader of our own understands it. */
  private static List<List<String>> parsed(String text) {
    var rows = new ArrayList<List<String>>();
    var row = new ArrayList<String>();
    var cell = new StringBuilder();
    var quoted = false;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == ',') {
        row.add(cell.toString());
        cell.setLength(0);
      } else if (!quoted && c == '\r' && text.charAt(i + 1) == '\n') {
        row.add(cell.toString());
        cell.setLength(0);
        rows.add(List.copyOf(row));
        row.clear();
        i++;
      } else {
        cell.append(c);
      }
    }
    return rows;
  }

  /** What the listings of both wallets hold, page by page. */
  private static List<String> listed(Stock wallets, String listing, String name) {
    var found = new ArrayList<String>();
    for (var wallet : wallets.ids()) {
      var target = "/api/v1/wallets/" + wallet + listing;
      var page = CLIENT.get(target).expect(200);
      while (true) {
        page.json().at("/data").forEach(row -> found.add(row.get(name).asString()));
        if (!page.json().at("/has_more").asBoolean()) {
          break;
        }
        page = CLIENT.get(target + "&cursor=" + page.text("next_cursor")).expect(200);
      }
    }
    return found;
  }

  private static List<String> named(List<JsonNode> rows, String name) {
    return rows.stream().map(row -> row.get(name).asString()).toList();
  }

  private static BigDecimal sum(List<JsonNode> rows, String name) {
    return sum(rows.stream().map(row -> new BigDecimal(row.get(name).asString())).toList());
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** A connection, and its wallets in the order of their ids. */
  private record Stock(String connection, List<String> ids) {}

  private static Stock wallets(long seed) {
    var connection = CLIENT.connect("sk_test_" + seed + UUID.randomUUID());
    return new Stock(
        connection,
        List.of(CLIENT.register(connection, "NGN"), CLIENT.register(connection, "GHS")));
  }

  /** Of up to 18 decimals, of both signs, and often the same. */
  private static BigDecimal amount(Random random) {
    var decimals = List.of(0, 2, 18).get(random.nextInt(3));
    return BigDecimal.valueOf(
        random.nextInt(5) == 0 ? 7 : random.nextLong(-MOST, MOST + 1), decimals);
  }

  private static String odd(Random random) {
    return ODD.get(random.nextInt(ODD.size()));
  }

  private static void snapshot(String wallet, int number, BigDecimal amount, String name) {
    DATABASE
        .look()
        .sql(
            """
            insert into wallet_balance_snapshot (
                     wallet_id, sequence, snapshot_id, provider, currency, available, as_of,
                     external_balance_id, call_started_at, observed_at, source, metadata, created_at)
            select wallet_id, ?, gen_random_uuid(), provider, currency, ?, time, ?, time, time,
                   'SCHEDULE', '{}', time
              from wallet,
                   lateral (select timestamptz '2026-01-01T00:00:00Z' + ? * interval '1 minute'
                                   as time) as times
             where wallet_id = ?::uuid
            """)
        .params(number + 1, amount, name + number, number, wallet)
        .update();
  }

  private static void movement(
      String wallet, int minute, int number, BigDecimal amount, Random random) {
    DATABASE
        .look()
        .sql(
            """
            insert into provider_movement (
                     wallet_id, movement_key, occurred_at, currency, difference, kind, reason,
                     reference, metadata, imported_at)
            select wallet_id, ?, timestamptz '2026-01-01T00:00:00Z' + ? * interval '1 minute',
                   currency, ?, ?, ?, null, '{}', now()
              from wallet where wallet_id = ?::uuid
            """)
        .params("key," + number, minute, amount, odd(random), odd(random), wallet)
        .update();
  }
}
