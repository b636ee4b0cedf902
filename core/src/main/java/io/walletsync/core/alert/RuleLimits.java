package io.walletsync.core.alert;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** To which connections a rule is limited, by its scope and by whoever makes it. */
final class RuleLimits {
  private final Wallets wallets;
  private final Connections connections;

  RuleLimits(Wallets wallets, Connections connections) {
    this.wallets = wallets;
    this.connections = connections;
  }

  Limited of(AlertScope scope, Condition condition, Visibility caller) {
    var currency = condition.currency().orElse(null);
    if ((!condition.kind().isOfWallets() && scope.wallet() != null)
        || (condition.kind() == AlertKind.CHANNEL_SILENT && !scope.equals(AlertScope.ALL))) {
      return new Limited.ScopeNotMeant(condition.kind());
    }
    if (differ(currency, scope.currency())) {
      return new Limited.OtherCurrency();
    }
    if (scope.wallet() != null) {
      var wallet = wallets.find(scope.wallet(), caller).orElse(null);
      if (wallet == null) {
        return new Limited.UnknownWallet();
      }
      return differ(currency, wallet.currency())
          ? new Limited.OtherCurrency()
          : new Limited.To(new Visibility(Set.of(wallet.connectionId().value())));
    }
    if (scope.connection() != null) {
      return connections.find(scope.connection(), caller).isEmpty()
          ? new Limited.UnknownConnection()
          : new Limited.To(new Visibility(Set.of(scope.connection().value())));
    }
    return new Limited.To(caller);
  }

  private static boolean differ(@Nullable CurrencyCode a, @Nullable CurrencyCode b) {
    return a != null && b != null && !a.equals(b);
  }

  /** The limit, or why there can be no such rule. */
  sealed interface Limited {
    record To(Visibility limit) implements Limited {}

    record UnknownWallet() implements Limited {}

    record UnknownConnection() implements Limited {}

    record OtherCurrency() implements Limited {}

    record ScopeNotMeant(AlertKind kind) implements Limited {}
  }
}
