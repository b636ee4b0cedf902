package io.walletsync.server.provider.flutterwave;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider.Reply.Reading;
import io.walletsync.core.provider.BalanceProviderContract;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract for a call that reports one wallet, so that no reply of it lists two. */
public interface OneWalletContract extends BalanceProviderContract {
  @Override
  default List<CurrencyCode> currencies() {
    return List.of(new CurrencyCode("NGN"), new CurrencyCode("eNGN"));
  }

  @Test
  @Override
  default void reportsEveryCurrencyThatIsListedAndNoOther() {
    for (var currency : currencies()) {
      var money = new Money(new BigDecimal("11.5"), currency);
      theProvider(Scene.ok(replyListing(List.of(money))));

      assertThat(((Reading) provider().fetch(connection(), wanted(), PATIENCE)).balances())
          .extracting(account -> account.balance().available())
          .containsExactly(money);
    }
  }
}
