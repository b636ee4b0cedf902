package io.walletsync.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The benchmark's command line: {@code ./walletsync bench}. */
final class Bench {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 64;

  /** Receivers are on this machine, which is refused unless a setting allows it. */
  private static final Map<String, String> SCHEDULE =
      Map.of(
          "WALLETSYNC_SCHEDULE_ENABLED", "true",
          "WALLETSYNC_WEBHOOKS_ALLOW_LOCAL", "true");

  private static final Map<String, String> NO_SCHEDULE =
      Map.of("WALLETSYNC_SCHEDULE_ENABLED", "false");

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var words = new ArrayList<>(List.of(arguments));
    if (!words.isEmpty() && words.getFirst().equals(StubProcess.COMMAND)) {
      ProviderStub.serve();
      return;
    }
    if (words.contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    try {
      System.exit(run(Options.of(words), System.out).flaws().isEmpty() ? 0 : FAILED);
    } catch (BenchProblem problem) {
      System.err.println("walletsync bench: " + problem.getMessage());
      System.exit(WRONG_USE);
    }
  }

  /** Measures what is wanted, and prints it. */
  static Results run(Options options, PrintStream out) throws Exception {
    var results = new Results();
    var load = Machine.load();
    var machine = new ArrayList<String>();
    if (options.wantsAnyOf(Parts.STEPS)) {
      try (var installation = Installation.start(options, NO_SCHEDULE)) {
        machine.addAll(Machine.describe(installation, options, InstantSource.system(), load));
        new Rounds(installation, options, results, out).measure(steps(installation, options));
      }
    }
    if (options.wantsAnyOf(Parts.OF_THE_SCHEDULE)) {
      try (var installation = Installation.start(options, SCHEDULE)) {
        machine.addAll(Machine.describe(installation, options, InstantSource.system(), load));
        ofTheSchedule(installation, options, results, out);
      }
    }
    if (options.wants(Parts.NOTICES)) {
      try (var installation = Installation.start(options, NoticesPart.SETTINGS)) {
        machine.addAll(Machine.describe(installation, options, InstantSource.system(), load));
        new NoticesPart(installation, options, results, out).measure();
      }
    }
    if (options.wants(Parts.GROWTH)) {
      try (var small = Installation.start(options, NO_SCHEDULE);
          var large = Installation.start(options, NO_SCHEDULE)) {
        machine.addAll(Machine.describe(large, options, InstantSource.system(), load));
        new GrowthPart(small, large, options, results, out).measure();
      }
    }
    var report = Report.of(results, machine.stream().limit(Machine.LINES).toList());
    out.println();
    out.print(report);
    var output = options.output();
    if (output != null) {
      Files.writeString(output, report);
    }
    return results;
  }

  private static void ofTheSchedule(
      Installation installation, Options options, Results results, PrintStream out)
      throws Exception {
    if (options.wants(Parts.SCHEDULED)) {
      new ScheduledPart(installation, options, results, out).measure();
    }
    if (options.wants(Parts.NOTICES_SCHEDULED)) {
      new ScheduledNoticesPart(installation, options, results, out).measure();
    }
    if (options.wants(Parts.CAPACITY)) {
      new CapacityPart(installation, options, results, out).measure();
    }
  }

  /** In the order in which they take turns: a limit, then what is held against it. */
  private static List<Step> steps(Installation installation, Options options) throws Exception {
    var connections = options.mostConnections();
    var limits = LimitTables.create(installation.database(), connections);
    var wallets = Wallets.atFlutterwave(installation, connections);
    var paystack = Wallets.atPaystack(installation, connections);
    return List.of(
            LimitStep.SYNC.on(limits),
            ApiStep.CHANGED.on(installation, wallets),
            LimitStep.BATCH.on(limits),
            ApiStep.UNCHANGED.on(installation, wallets),
            LimitStep.READ.on(limits),
            ApiStep.READ.on(installation, wallets),
            new StubStep(installation.stub()),
            ApiStep.REPLAY.on(installation, wallets),
            ApiStep.PAYSTACK.on(installation, paystack))
        .stream()
        .filter(step -> options.wants(step.name()))
        .toList();
  }
}
