package io.walletsync.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How much a node can hold: 1,000,000 registered wallets of which 100,000 are due a minute, spread
 * evenly; what leasing a batch takes, what a read takes beside it, and how much memory it needs.
 */
final class CapacityPart {
  private static final int READ_WALLETS = 20;
  private static final Duration BETWEEN_READS = Duration.ofMillis(10);

  /** "[12.345s] GC(7) Pause Young (Normal) (G1 Evacuation Pause) 300M->40M(512M) 5.0ms" */
  private static final Pattern COLLECTION = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\)");

  private final Installation installation;
  private final Options options;
  private final Results results;
  private final PrintStream progress;

  CapacityPart(Installation installation, Options options, Results results, PrintStream progress) {
    this.installation = installation;
    this.options = options;
    this.results = results;
    this.progress = progress;
  }

  void measure() throws Exception {
    var accounts = options.scale().capacityAccounts();
    progress.printf("registering %,d wallets%n", accounts * Scale.perAccount());
    var collectionsBefore = Files.size(installation.server().collections());
    var fleet = Fleet.ofWholeAccounts(installation, accounts);
    installation.stub().change(true);
    var read = fleet.wallets().subList(0, READ_WALLETS);
    firstBalances(read);
    var window = options.scale().capacityWindow();
    progress.printf("reading balances while nothing is due%n");
    read(read, window.dividedBy(4)); // warm-up
    var alone = read(read, window);
    var again = read(read, window);
    var leasesBefore = LeaseTimes.of(installation);
    var confirmedBefore = confirmed();
    spread(fleet);
    progress.printf("reading balances while a tenth is due each minute%n");
    read(read, window.dividedBy(4)); // so that the schedule has begun
    ProcessTimes.forgetPeak(installation.server().pid());
    var before = installation.used();
    var beside = read(read, window);
    var used = installation.used().since(before);
    var leases = LeaseTimes.of(installation).since(leasesBefore);
    var synced = confirmed() - confirmedBefore;
    fact("wallets", "wallets registered", fleet.wallets().size(), "");
    fact("synced", "wallets that had a turn while looked at, ramp included", (double) synced, "");
    fact("overdue", "wallets overdue by more than 10 s at the end", (double) overdue(), "");
    fact(
        "get-alone-p50", "GET balance, 100 a second, nothing due: p50", alone.percentile(.5), "ms");
    fact("get-alone-p99", "the same: p99", alone.percentile(.99), "ms");
    fact("get-again-p99", "once more, which shows the noise: p99", again.percentile(.99), "ms");
    fact(
        "get-p50",
        "GET balance, 100 a second, beside the schedule: p50",
        beside.percentile(.5),
        "ms");
    fact("get-p99", "the same: p99", beside.percentile(.99), "ms");
    fact(
        "get-ratio",
        "p99 beside the schedule ÷ the worse p99 without",
        beside.percentile(.99) / Math.max(alone.percentile(.99), again.percentile(.99)),
        "");
    fact("leases", "batches leased", leases.count(), "");
    fact("lease-p50", "leasing one batch, commit included: p50", leases.percentile(.5), "ms");
    fact("lease-p99", "the same: p99", leases.percentile(.99), "ms");
    fact("server", "CPU of the server", share(used.server(), window), "% of a core");
    fact("database", "CPU of the database", share(used.database(), window), "% of a core");
    var heap = heap(collectionsBefore);
    fact("heap", "most heap in use, garbage included", heap.most, "MiB");
    fact("heap-live", "most heap in use after a collection", heap.mostLive, "MiB");
    fact(
        "memory",
        "most memory of the server process",
        (double) ProcessTimes.peakMemory(installation.server().pid()),
        "MiB");
    if (synced == 0) {
      results.addFlaw("No wallet had a turn while the schedule was looked at.");
    }
  }

  private void fact(String name, String title, double value, String unit) {
    results.add(new Results.Fact("capacity-" + name, title, value, unit));
    progress.printf(Locale.ROOT, "  %s: %,.2f %s%n", title, value, unit);
  }

  private static double share(Duration used, Duration window) {
    return 100.0 * used.toMillis() / window.toMillis();
  }

  private void firstBalances(List<UUID> wallets) throws IOException {
    try (var api = installation.api()) {
      for (var wallet : wallets) {
        api.sync(wallet, UUID.randomUUID().toString());
      }
    }
  }

  private Latencies read(List<UUID> wallets, Duration window) throws Exception {
    var reads = new PacedReads(installation, wallets, BETWEEN_READS);
    var latencies = reads.run(window);
    reads.firstFailure().ifPresent(failure -> results.addFlaw("GET balance: " + failure));
    return latencies;
  }

  /** Evenly over as many minutes as it takes for a tenth each minute. */
  private void spread(Fleet fleet) throws SQLException {
    fleet
        .database()
        .execute(
            """
            update wallet_schedule as place
               set due_at = clock_timestamp()
                            + abs(hashtext(wallet.connection_id::text)::bigint) %% %d
                              * interval '1 millisecond'
              from wallet
             where wallet.wallet_id = place.wallet_id
               and wallet.latest_sequence is null
            """
                .formatted(options.scale().capacityRound().toMillis()));
  }

  private long confirmed() throws SQLException {
    return installation.database().count("select coalesce(sum(latest_sequence), 0) from wallet");
  }

  private long overdue() throws SQLException {
    return installation
        .database()
        .count(
            """
            select count(*)
              from wallet_schedule
             where due_at < clock_timestamp() - interval '10 seconds'
            """);
  }

  private record Heap(double most, double mostLive) {}

  private Heap heap(long from) throws IOException {
    var most = 0.0;
    var mostLive = 0.0;
    var log = Files.readString(installation.server().collections());
    var found = COLLECTION.matcher(log.substring((int) from));
    while (found.find()) {
      most = Math.max(most, Double.parseDouble(found.group(1)));
      mostLive = Math.max(mostLive, Double.parseDouble(found.group(2)));
    }
    return new Heap(most, mostLive);
  }
}
