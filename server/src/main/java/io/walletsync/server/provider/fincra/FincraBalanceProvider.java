package io.walletsync.server.provider.fincra;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Environment;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.server.provider.Deadline;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.ProviderCalls.Result;
import io.walletsync.server.provider.UnreadableReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads Fincra's wallets, one by its id or all of a business, and the newest rows of their logs,
 * which name a state where they agree with it; without the logs the amounts stand alone.
 */
final class FincraBalanceProvider implements BalanceProvider {
  /** The log is a bonus: a slow one may not cost the whole deadline of every fetch. */
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(3);

  private final FincraCalls calls;

  /**
   * Makes the adapter.
   *
   * @param baseUrls of each environment, without a slash at its end
   */
  FincraBalanceProvider(ProviderCalls calls, Function<Environment, String> baseUrls) {
    this.calls = new FincraCalls(calls, baseUrls);
  }

  @Override
  public ProviderProfile profile() {
    return FincraProfile.PROFILE;
  }

  @Override
  public Reply fetch(OpenConnection connection, Set<Holding> wanted, Duration deadline) {
    var end = Deadline.in(deadline);
    return wanted.size() == 1
        ? one(wanted.iterator().next().providerAccountId(), connection, end)
        : all(connection, end);
  }

  private Reply one(String id, OpenConnection connection, Deadline end) {
    return switch (calls.get(connection, "/wallets/" + id, end)) {
      case Result.Failed(var failure) -> new Reply.Failure(failure);
      case Result.Refused refused -> new Reply.Failure(Refusal.ofWallet(refused));
      case Result.Answer(var body) ->
          reply(
              body,
              wallets -> {
                if (wallets.size() != 1 || !wallets.getFirst().id().equals(id)) {
                  throw new UnreadableReply();
                }
                var wallet = wallets.getFirst();
                // a key sees the wallets of sub-accounts too, and those are not this connection's
                return wallet.belongsTo(FincraCalls.business(connection))
                    ? reading(wallet, connection, end)
                    : failure(Reason.ACCOUNT_MISSING, "The wallet is another business's.");
              });
    };
  }

  private Reply all(OpenConnection connection, Deadline end) {
    return switch (calls.get(
        connection, "/wallets?businessID=" + FincraCalls.businessInQuery(connection), end)) {
      case Result.Failed(var failure) -> new Reply.Failure(failure);
      case Result.Refused refused -> new Reply.Failure(Refusal.ofList(refused));
      case Result.Answer(var body) ->
          reply(
              body,
              wallets -> {
                if (!wallets.stream()
                    .allMatch(w -> w.belongsTo(FincraCalls.business(connection)))) {
                  throw new UnreadableReply();
                }
                return reading(wallets, connection, end);
              });
    };
  }

  private static Reply reply(byte[] body, WalletsReader wallets) {
    try {
      return switch (Envelope.open(body)) {
        case Envelope.No() -> failure(Reason.REJECTED, "Fincra answered that the call failed.");
        case Envelope.Data data -> wallets.reply(FincraWallet.read(data.entries()));
      };
    } catch (UnreadableReply e) {
      return failure(Reason.UNREADABLE, "Fincra's reply is not what Fincra documents.");
    }
  }

  /** Whether its currency is unique is unknown here: in its place the row's time must agree too. */
  private Reply reading(FincraWallet wallet, OpenConnection connection, Deadline end) {
    var row =
        newestRows("&currency=" + wallet.currency() + "&perPage=10", connection, end)
            .get(wallet.currency());
    return new Reply.Reading(
        List.of(wallet.namedBy(row != null && row.isAsOldAs(wallet) ? row : null)));
  }

  /** A row does not say which wallet it is about, so only the only one of its currency has one. */
  private Reply reading(List<FincraWallet> wallets, OpenConnection connection, Deadline end) {
    var rows =
        wallets.isEmpty()
            ? Map.<CurrencyCode, LogRow>of()
            : newestRows("&perPage=100", connection, end);
    return new Reply.Reading(
        wallets.stream()
            .map(
                wallet ->
                    wallet.namedBy(isOnly(wallet, wallets) ? rows.get(wallet.currency()) : null))
            .toList());
  }

  private static boolean isOnly(FincraWallet wallet, List<FincraWallet> wallets) {
    return wallets.stream().filter(w -> w.currency().equals(wallet.currency())).count() == 1;
  }

  /** Empty where the logs cannot be had or read: the amounts do not depend on them. */
  private Map<CurrencyCode, LogRow> newestRows(
      String filter, OpenConnection connection, Deadline end) {
    var rows = "/wallets/logs?business=" + FincraCalls.businessInQuery(connection) + filter;
    try {
      return switch (calls.get(connection, rows, end.orIn(LOG_PATIENCE))) {
        case Result.Failed _, Result.Refused _ -> Map.of();
        case Result.Answer(var body) ->
            switch (Envelope.open(body)) {
              case Envelope.No() -> Map.of();
              case Envelope.Data(var data) -> LogRow.newest(data);
            };
      };
    } catch (UnreadableReply e) {
      return Map.of();
    }
  }

  private static Reply failure(Reason reason, String sentence) {
    return new Reply.Failure(ProviderFailure.of(reason, sentence));
  }

  /** Makes a reply of wallets that could be read. */
  private interface WalletsReader {
    Reply reply(List<FincraWallet> wallets) throws UnreadableReply;
  }
}
