package io.walletsync.cli;

import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.InvalidValue;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The command line: one method a command, each one call of the public API. */
@Command(
    name = "walletsync",
    description = "Calls a WalletSync server with signed requests.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = JarVersion.class,
    subcommands = HelpCommand.class,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the server refused",
      "2:no answer from the server",
      "64:the command was not understood"
    })
final class WalletSyncCli {
  private static final int DONE = 0;
  private static final int REFUSED = 1;
  private static final int UNREACHABLE = 2;
  private static final int CANNOT_PAY = 3;
  private static final int MISUSED = 64;

  private final PrintWriter out;
  private final PrintWriter err;

  @Mixin private final ServerOptions options;

  private WalletSyncCli(
      Map<String, String> environment, InstantSource clock, PrintWriter out, PrintWriter err) {
    this.options = new ServerOptions(environment, clock);
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(System.getenv(), InstantSource.system(), out, err, arguments));
  }

  /** Runs one command and returns the exit code. */
  static int run(
      Map<String, String> environment,
      InstantSource clock,
      PrintWriter out,
      PrintWriter err,
      String... arguments) {
    return new CommandLine(new WalletSyncCli(environment, clock, out, err))
        .setOut(out)
        .setErr(err)
        .setExpandAtFiles(false) // what begins with @ is a file to send, and none of options
        .registerConverter(UUID.class, TypedValues::uuid)
        .registerConverter(Duration.class, TypedValues::duration)
        .setParameterExceptionHandler((problem, _) -> misused(err, problem))
        .setExecutionExceptionHandler(WalletSyncCli::failed)
        .execute(arguments);
  }

  @Command(description = "List the registered wallets.")
  int wallets(
      @Mixin PageOptions page,
      @Option(names = "--currency", paramLabel = "<code>", description = "Only this currency.")
          @Nullable String currency,
      @Option(names = "--provider", paramLabel = "<name>", description = "Only this provider.")
          @Nullable String provider,
      @Option(names = "--connection", paramLabel = "<id>", description = "Only this connection.")
          @Nullable UUID connection) {
    return get(
        page.of(Target.of("/api/v1/wallets"))
            .with("currency", currency)
            .with("provider", provider)
            .with("connection_id", connection)
            .uri());
  }

  @Command(description = "Show one wallet.")
  int wallet(@Parameters(paramLabel = "<wallet-id>") UUID wallet) {
    return get(Target.of("/api/v1/wallets/" + wallet).uri());
  }

  @Command(description = "Show the latest recorded balance.")
  int balance(
      @Parameters(paramLabel = "<wallet-id>") UUID wallet,
      @Option(
              names = "--max-age",
              paramLabel = "<duration>",
              description = "Refuse a balance confirmed longer ago than this, such as PT5M.")
          @Nullable Duration maxAge) {
    return get(Target.of("/api/v1/wallets/" + wallet + "/balance").with("max_age", maxAge).uri());
  }

  @Command(description = "Show what was true of a balance between two times, or at one.")
  int history(
      @Parameters(paramLabel = "<wallet-id>") UUID wallet,
      @Option(names = "--at", paramLabel = "<time>", description = "What was true at this time.")
          @Nullable String at,
      @Option(
              names = "--known-at",
              paramLabel = "<time>",
              description = "With --at: as far as it was known at this time.")
          @Nullable String knownAt,
      @Mixin PeriodOptions period,
      @Option(names = "--order", paramLabel = "<order>", description = "desc or asc.")
          @Nullable String order,
      @Mixin PageOptions page) {
    return get(
        page.of(
                period
                    .of("/api/v1/wallets/" + wallet + "/balance/history")
                    .with("at", at)
                    .with("known_at", knownAt)
                    .with("order", order))
            .uri());
  }

  @Command(description = "Show opening, highest, lowest, closing and average balance of a period.")
  int analytics(
      @Parameters(paramLabel = "<wallet-id>") UUID wallet,
      @Mixin PeriodOptions period,
      @Option(names = "--bucket", paramLabel = "<size>", description = "hour, day, week or month.")
          @Nullable String bucket,
      @Option(names = "--tz", paramLabel = "<zone>", description = "Such as Africa/Lagos.")
          @Nullable String zone) {
    return get(
        period
            .of("/api/v1/wallets/" + wallet + "/analytics")
            .with("bucket", bucket)
            .with("tz", zone)
            .uri());
  }

  @Command(description = "Show the sums over all wallets, and how sure they are.")
  int positions(
      @Option(
              names = "--group-by",
              paramLabel = "<groups>",
              description = "Some of currency,provider,connection,owner.")
          @Nullable String groups,
      @Option(names = "--at", paramLabel = "<time>", description = "At this past time.")
          @Nullable String at,
      @Option(
              names = "--max-age",
              paramLabel = "<duration>",
              description = "Balances confirmed longer ago than this are stale.")
          @Nullable Duration maxAge,
      @Option(
              names = "--stale",
              paramLabel = "<what>",
              description = "mark stale wallets, or refuse to answer.")
          @Nullable String stale) {
    return get(
        Target.of("/api/v1/positions")
            .with("group_by", groups)
            .with("at", at)
            .with("max_age", maxAge)
            .with("stale", stale)
            .uri());
  }

  @Command(
      description = "Draw the statement of a wallet as CSV: opening, movements, changes, closing.")
  int statement(@Parameters(paramLabel = "<wallet-id>") UUID wallet, @Mixin PeriodOptions period) {
    return get(period.of("/api/v1/wallets/" + wallet + "/statement").uri());
  }

  @Command(
      description = "Forecast how long the money in a wallet lasts, or check that for a pager.",
      exitCodeList = {
        "0:done; with --check: it lasts long enough",
        "1:the server refused",
        "2:no answer from the server; with --check: it does not last long enough",
        "3:with --check: that is not known, whatever the cause",
        "64:the command was not understood"
      })
  int runway(@Parameters(paramLabel = "<wallet-id>") UUID wallet, @Mixin RunwayOptions options) {
    var target = options.target(wallet);
    if (!options.isCheck()) {
      return get(target);
    }
    var checked = checkRunway(target);
    out.println(checked.line());
    return checked.exitCode();
  }

  /** A check that is not set up is no better than one without an answer. */
  private RunwayCheck checkRunway(URI target) {
    try {
      return RunwayCheck.of(connect().get(target));
    } catch (UsageProblem missing) {
      return RunwayCheck.unknown(String.valueOf(missing.getMessage()));
    }
  }

  @Command(
      name = "can-pay",
      description = "Ask whether a wallet can pay; with --reserve, a yes sets the money aside.",
      exitCodeList = {
        "0:yes, it can be paid",
        "1:the server refused: take it for a no",
        "2:no answer from the server: take it for a no",
        "3:no, it cannot be paid now",
        "64:the command was not understood"
      })
  int canPay(
      @Parameters(paramLabel = "<wallet-id>") UUID wallet,
      @Parameters(paramLabel = "<amount>", description = "In the wallet's currency.") String amount,
      @Parameters(paramLabel = "<reference>", description = "Your name for the payout.")
          String reference,
      @Option(names = "--reserve", description = "Set the money aside if it can be paid.")
          boolean reserve,
      @Option(
              names = "--max-age",
              paramLabel = "<duration>",
              description = "Ask the provider first where the balance is older, such as PT0S.")
          @Nullable Duration maxAge) {
    var question = new LinkedHashMap<String, Object>();
    question.put("amount", amount);
    question.put("reference", reference);
    question.put("reserve", reserve);
    if (maxAge != null) {
      question.put("max_age", maxAge.toString());
    }
    var target = Target.of("/api/v1/wallets/" + wallet + "/can-pay").uri();
    var answer = connect().post(target, null, Json.object(question));
    var exitCode = print(answer);
    return exitCode == DONE && !Json.says(answer, "can_pay") ? CANNOT_PAY : exitCode;
  }

  @Command(description = "Ask the provider now and record what it says.")
  int sync(
      @Parameters(paramLabel = "<wallet-id>") UUID wallet,
      @Option(
              names = "--idempotency-key",
              paramLabel = "<key>",
              description = "Repeat a sync safely: same key, same answer (a new key by default).")
          @Nullable String givenKey,
      @Option(
              names = "--user-id",
              paramLabel = "<user>",
              description = "On whose behalf; kept in the audit trail.")
          @Nullable String user) {
    var api = connect();
    var key = key(givenKey, "sync");
    var body = user == null ? new byte[0] : Json.object("user_id", user);
    var target = Target.of("/api/v1/wallets/" + wallet + "/sync-balance").uri();
    return print(api.post(target, key, body));
  }

  @Command(name = "sync-run", description = "Sync many wallets and show how far that is.")
  int syncRun(
      @ArgGroup(multiplicity = "1") SyncRunChoice choice,
      @Option(
              names = "--idempotency-key",
              paramLabel = "<key>",
              description = "Repeat a start safely: same key, same run (a new key by default).")
          @Nullable String givenKey,
      @Option(names = "--no-wait", description = "Start it and leave.") boolean leave) {
    var api = connect();
    var target = Target.of("/api/v1/sync-runs").uri();
    var started = api.post(target, key(givenKey, "start"), choice.body());
    var run = started instanceof Answer.Success(var text) ? SyncRunProgress.idIn(text) : "";
    return print(leave || run.isEmpty() ? started : new SyncRunProgress(api, err, run).watch());
  }

  @Command(name = "cancel-sync-run", description = "Stop a run over many wallets.")
  int cancelSyncRun(@Parameters(paramLabel = "<run-id>") UUID run) {
    var nothing = "{}".getBytes(StandardCharsets.UTF_8);
    return print(connect().post(SyncRunProgress.cancelling(run), null, nothing));
  }

  @Command(
      description =
          "Print what happens as it happens, a line of JSON an event, until it is stopped.")
  int events(
      @Option(
              names = "--after",
              paramLabel = "<cursor>",
              description = "Behind this cursor, or latest (the default); beginning for all.")
          @Nullable String after,
      @Option(
              names = "--type",
              paramLabel = "<types>",
              description = "Only these types, with commas, such as balance.changed.")
          @Nullable String types,
      @Option(names = "--wallet", paramLabel = "<id>", description = "Only of this wallet.")
          @Nullable UUID wallet) {
    return print(new FollowedEvents(connect(), out, err, types, wallet).follow(after));
  }

  @Command(description = "GET any path of the API and print the answer.")
  int get(
      @Parameters(paramLabel = "<path>", description = "Such as /api/v1/audit-entries?limit=5")
          String path) {
    return get(Target.typed(path));
  }

  @Command(description = "POST JSON to any path of the API and print the answer.")
  int post(
      @Parameters(paramLabel = "<path>", description = "Such as /api/v1/webhook-subscriptions")
          String path,
      @Parameters(
              paramLabel = "<json>",
              arity = "0..1",
              description = "What to send, or @ and the file that holds it; {} by default.")
          @Nullable String body,
      @Option(
              names = "--idempotency-key",
              paramLabel = "<key>",
              description = "Where the path takes one, to repeat it safely.")
          @Nullable String givenKey) {
    var target = Target.typed(path);
    var key = givenKey == null ? null : checked(givenKey);
    return print(connect().post(target, key, TypedValues.json(body == null ? "{}" : body)));
  }

  @Command(description = "List the alerts, newest first.")
  int alerts(
      @Option(
              names = "--state",
              paramLabel = "<states>",
              description = "Some of open,acknowledged,snoozed,resolved.")
          @Nullable String states,
      @Option(names = "--rule", paramLabel = "<id>", description = "Only of this rule.")
          @Nullable UUID rule,
      @Option(names = "--wallet", paramLabel = "<id>", description = "Only of this wallet.")
          @Nullable UUID wallet,
      @Option(names = "--kind", paramLabel = "<kind>", description = "Such as balance_below.")
          @Nullable String kind,
      @Option(names = "--severity", paramLabel = "<severity>", description = "warning or critical.")
          @Nullable String severity,
      @Mixin PageOptions page) {
    return get(
        page.of(
                Target.of("/api/v1/alerts")
                    .with("state", states)
                    .with("rule_id", rule)
                    .with("wallet_id", wallet)
                    .with("kind", kind)
                    .with("severity", severity))
            .uri());
  }

  @Command(name = "alert-rules", description = "List the rules that alerts come from.")
  int alertRules(
      @Option(names = "--kind", paramLabel = "<kind>", description = "Such as balance_below.")
          @Nullable String kind,
      @Option(names = "--enabled", paramLabel = "<flag>", description = "true or false.")
          @Nullable String enabled,
      @Mixin PageOptions page) {
    return get(
        page.of(Target.of("/api/v1/alert-rules").with("kind", kind).with("enabled", enabled))
            .uri());
  }

  @Command(name = "acknowledge-alert", description = "Say that you look after an alert.")
  int acknowledgeAlert(
      @Parameters(paramLabel = "<alert-id>") UUID alert,
      @Option(names = "--note", paramLabel = "<text>", description = "What others should know.")
          @Nullable String note) {
    return settle(alert, "acknowledge", null, note);
  }

  @Command(name = "snooze-alert", description = "Be told of an alert again when a time has come.")
  int snoozeAlert(
      @Parameters(paramLabel = "<alert-id>") UUID alert,
      @Parameters(paramLabel = "<until>", description = "Such as 2026-12-01T08:00:00Z.")
          String until,
      @Option(names = "--note", paramLabel = "<text>", description = "What others should know.")
          @Nullable String note) {
    return settle(alert, "snooze", until, note);
  }

  @Command(
      name = "resolve-alert",
      description = "End an alert. While its condition holds, its rule stays silent.")
  int resolveAlert(
      @Parameters(paramLabel = "<alert-id>") UUID alert,
      @Option(names = "--note", required = true, paramLabel = "<text>", description = "Why.")
          String note) {
    return settle(alert, "resolve", null, note);
  }

  private int settle(UUID alert, String decision, @Nullable String until, @Nullable String note) {
    var body = new LinkedHashMap<String, Object>();
    if (until != null) {
      body.put("until", until);
    }
    if (note != null) {
      body.put("note", note);
    }
    var target = Target.of("/api/v1/alerts/" + alert + "/" + decision).uri();
    return print(connect().post(target, null, Json.object(body)));
  }

  private int get(URI target) {
    return print(connect().get(target));
  }

  private Api connect() {
    var server = options.server();
    if (ServerOptions.isReadableOnTheWay(server)) {
      err.println(
          "Warning: plain http to " + server.getHost() + " can be read on the way; use https.");
    }
    return options.api();
  }

  private int print(Answer answer) {
    return switch (answer) {
      case Answer.Success(var text) -> {
        out.println(text.stripTrailing());
        yield DONE;
      }
      case Answer.Refusal(_, _, var lines) -> {
        lines.forEach(err::println);
        yield REFUSED;
      }
      case Answer.Unreachable(var advice) -> {
        err.println(advice);
        yield UNREACHABLE;
      }
    };
  }

  /** The key to use, which is said where it was not typed. */
  private String key(@Nullable String given, String what) {
    if (given != null) {
      return checked(given);
    }
    var key = UUID.randomUUID().toString();
    err.println("Idempotency key (to repeat this " + what + ": --idempotency-key " + key + ")");
    return key;
  }

  private static String checked(String key) {
    try {
      return new IdempotencyKey(key).value();
    } catch (InvalidValue wrong) {
      throw new UsageProblem("The idempotency key " + wrong.getMessage() + ".");
    }
  }

  private static int misused(PrintWriter err, ParameterException problem) {
    err.println(problem.getMessage());
    err.println("Try: " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return MISUSED;
  }

  private static int failed(Exception problem, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (problem instanceof UsageProblem usage) {
      return misused(command.getErr(), new ParameterException(command, usage.getMessage()));
    }
    throw problem;
  }
}
