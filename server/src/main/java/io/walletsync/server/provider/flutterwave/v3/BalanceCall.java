package io.walletsync.server.provider.flutterwave.v3;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.Holding;
import io.walletsync.server.provider.flutterwave.PathElement;
import java.util.Set;

/** The call of API v3 that reports what is wanted, and no more than that where one can be named. */
sealed interface BalanceCall {
  /** "Get balances": every wallet of the main account. */
  record EveryWallet() implements BalanceCall {
    @Override
    public String target() {
      return "/balances";
    }
  }

  /** "Get balance per currency": one wallet of the main account. */
  record OneWallet(CurrencyCode currency) implements BalanceCall {
    @Override
    public String target() {
      return "/balances/" + PathElement.of(currency.value());
    }
  }

  /** "Fetch a payout subaccount's balance": one wallet of a payout sub-account. */
  record SubAccountWallet(String reference, CurrencyCode currency) implements BalanceCall {
    @Override
    public String target() {
      return "/payout-subaccounts/%s/balances?currency=%s"
          .formatted(PathElement.of(reference), PathElement.of(currency.value()));
    }
  }

  /** Path and query, below the base URL. */
  String target();

  /**
   * The call for these.
   *
   * @param wanted all of one account; of a sub-account only one
   */
  static BalanceCall of(Set<Holding> wanted) {
    if (wanted.isEmpty()) {
      return new EveryWallet();
    }
    var one = wanted.iterator().next();
    if (!one.providerAccountId().isEmpty()) {
      return new SubAccountWallet(one.providerAccountId(), one.currency());
    }
    return wanted.size() == 1 ? new OneWallet(one.currency()) : new EveryWallet();
  }
}
