package io.walletsync.core.sync;

import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks providers on behalf of everybody who waits. */
public final class SharedCalls {
  private final BalanceProviders providers;

  public SharedCalls(BalanceProviders providers) {
    this.providers = providers;
  }

  /**
   * What the provider says of each holding, by a call that starts after this method was entered.
   *
   * @param clock tells the database's time of the call
   * @param patience when to give up at the latest
   */
  public Map<Holding, Answer> ask(
      OpenConnection connection, Set<Holding> wanted, DatabaseClock clock, Duration patience) {
    var startedAt = clock.now();
    var reply = providers.get(connection.connection()).fetch(connection, wanted, patience);
    var answeredAt = clock.now();
    return answers(wanted, reply).entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, told -> new Answer(startedAt, answeredAt, told.getValue())));
  }

  private static Map<Holding, Told> answers(Set<Holding> wanted, Reply reply) {
    var answers = new HashMap<Holding, Told>();
    switch (reply) {
      case Reply.Failure(var failure) ->
          wanted.forEach(holding -> answers.put(holding, new Told.Failure(failure)));
      case Reply.Reading(var balances) -> {
        var byHolding =
            balances.stream()
                .collect(Collectors.toMap(AccountBalance::holding, Function.identity()));
        for (var holding : wanted) {
          var balance = byHolding.get(holding);
          answers.put(holding, balance == null ? missing(holding) : new Told.OfBalance(balance));
        }
      }
    }
    return answers;
  }

  private static Told missing(Holding holding) {
    return new Told.Failure(
        ProviderFailure.of(
            Reason.CURRENCY_MISSING,
            "The provider reported no " + holding.currency() + " balance for this wallet."));
  }

  /**
   * What was said of one holding.
   *
   * @param callStartedAt when the call started, by the database's clock
   * @param answeredAt when its reply was there, by the database's clock
   */
  public record Answer(Instant callStartedAt, Instant answeredAt, Told told) {}

  /** A balance, or the reason why there is none. */
  public sealed interface Told {
    record OfBalance(AccountBalance balance) implements Told {}

    record Failure(ProviderFailure failure) implements Told {}
  }
}
