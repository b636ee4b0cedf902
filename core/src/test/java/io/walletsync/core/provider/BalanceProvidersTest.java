package io.walletsync.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BalanceProvidersTest {
  private final BalanceProvider paystack =
      new ScriptedBalanceProvider(Examples.profile(Examples.PAYSTACK));
  private final BalanceProvider fincra =
      new ScriptedBalanceProvider(Examples.profile(Examples.FINCRA));

  @Test
  void givesTheAdapterOfAProvider() {
    var providers = new BalanceProviders(List.of(paystack, fincra));

    assertThat(providers.get(Examples.connection(Examples.FINCRA))).isSameAs(fincra);
    assertThat(providers.profiles().ids()).containsExactly(Examples.FINCRA, Examples.PAYSTACK);
  }

  @Test
  void aProviderWithoutAnAdapterIsABrokenInvariant() {
    assertThatThrownBy(
            () -> new BalanceProviders(List.of(paystack)).get(Examples.connection(Examples.FINCRA)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fincra");
  }

  @Test
  void twoAdaptersForOneProviderAreRefused() {
    assertThatThrownBy(() -> new BalanceProviders(List.of(paystack, paystack)))
        .isInstanceOf(IllegalStateException.class);
  }
}
