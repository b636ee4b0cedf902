package io.walletsync.core.runway;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.payout.Reservation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a balance is spoken for: money that is set aside for payouts has not left and is not
 * there to last. What was planned under the same reference is the same payout, counted once.
 */
record SetAside(List<Reservation> open) {

  Money total(CurrencyCode currency) {
    return new Money(
        open.stream().map(it -> it.amount().amount()).reduce(BigDecimal.ZERO, BigDecimal::add),
        currency);
  }

  /** Of what is planned, in its order, what goes out besides. */
  List<PlannedOutflow> besides(List<PlannedOutflow> planned) {
    Map<String, BigDecimal> named = new HashMap<>();
    open.forEach(it -> named.merge(it.reference(), it.amount().amount(), BigDecimal::add));
    var besides = new ArrayList<PlannedOutflow>();
    for (var outflow : planned) {
      var amount = outflow.amount();
      var rest = amount.amount().subtract(named.getOrDefault(outflow.reference(), BigDecimal.ZERO));
      if (rest.signum() > 0) {
        besides.add(
            new PlannedOutflow(
                outflow.at(), new Money(rest, amount.currency()), outflow.reference()));
      }
    }
    return besides;
  }
}
