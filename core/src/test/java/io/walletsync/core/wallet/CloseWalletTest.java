package io.walletsync.core.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.wallet.CloseWallet.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CloseWalletTest {
  private final RegistryFixture fixture = new RegistryFixture();
  private final Wallet wallet = fixture.registered();

  @Test
  void closesTheWallet() {
    var closed = wallet.closed(RegistryFixture.NOW_CUT);

    assertThat(close(wallet.id(), Visibility.ALL)).isEqualTo(new Outcome.Closed(closed));

    assertThat(fixture.found(wallet.id())).isEqualTo(closed);
    assertThat(fixture.auditEntries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo(fixture.actor);
              assertThat(entry.action()).isEqualTo("close_wallet");
              assertThat(entry.resource()).isEqualTo("wallet");
              assertThat(entry.outcome()).isEqualTo("closed");
              assertThat(entry.subjectId()).isEqualTo(wallet.id().value());
              assertThat(entry.connectionId()).isEqualTo(wallet.connectionId().value());
              assertThat(entry.details()).isEmpty();
            });
  }

  @Test
  void closingAClosedWalletChangesNothing() {
    var first = close(wallet.id(), Visibility.ALL);
    fixture.clock.advance(Duration.ofHours(1));

    assertThat(close(wallet.id(), Visibility.ALL)).isEqualTo(first);
    assertThat(fixture.auditEntries()).hasSize(1);
  }

  @Test
  void anUnknownOrHiddenWalletIsUnknown() {
    assertThat(close(new WalletId(UUID.randomUUID()), Visibility.ALL))
        .isEqualTo(new Outcome.Unknown());
    assertThat(close(wallet.id(), new Visibility(Set.of(UUID.randomUUID()))))
        .isEqualTo(new Outcome.Unknown());
    assertThat(fixture.found(wallet.id())).isEqualTo(wallet);
    assertThat(fixture.auditEntries()).isEmpty();
  }

  private Outcome close(WalletId id, Visibility visibility) {
    return new CloseWallet(
            fixture.wallets(), fixture.transactions(), fixture.auditor, fixture.clock)
        .close(new CloseWallet.Command(fixture.actor, visibility, id));
  }
}
