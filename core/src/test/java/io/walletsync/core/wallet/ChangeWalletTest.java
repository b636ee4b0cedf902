package io.walletsync.core.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.wallet.ChangeWallet.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ChangeWalletTest {
  private final RegistryFixture fixture = new RegistryFixture();
  private final Wallet wallet = fixture.registered();

  @Test
  void pausesAndResumes() {
    var paused = changed(change(true, Map.of()));
    assertThat(paused.status()).isEqualTo(Wallet.Status.PAUSED);
    assertThat(paused.updatedAt()).isEqualTo(RegistryFixture.NOW_CUT);
    assertThat(fixture.found(wallet.id())).isEqualTo(paused);

    assertThat(changed(change(false, Map.of())).status()).isEqualTo(Wallet.Status.ACTIVE);
  }

  @Test
  void leavesTheStatusAloneUnlessTold() {
    change(true, Map.of());

    assertThat(changed(change(null, Map.of("a", "1"))).status()).isEqualTo(Wallet.Status.PAUSED);
  }

  @Test
  void mergesMetadataAndANullRemovesAnEntry() {
    change(null, Map.of("a", "1", "b", "2"));
    var patch = new HashMap<String, @Nullable String>();
    patch.put("a", null);
    patch.put("c", "3");
    patch.put("never there", null);

    var changed = changed(change(null, patch));

    assertThat(changed.metadata()).isEqualTo(Metadata.of(Map.of("b", "2", "c", "3")));
    assertThat(fixture.found(wallet.id())).isEqualTo(changed);
  }

  @Test
  void whatChangesNothingLeavesNoTrace() {
    assertThat(change(false, Map.of())).isEqualTo(new Outcome.Changed(wallet));
    assertThat(change(null, Map.of())).isEqualTo(new Outcome.Changed(wallet));
    assertThat(fixture.found(wallet.id())).isEqualTo(wallet);
    assertThat(fixture.auditEntries()).isEmpty();
  }

  @Test
  void isAuditedWithTheNamesButNotTheValues() {
    change(true, Map.of("b", "secret-ish", "a", "1"));

    assertThat(fixture.auditEntries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("change_wallet");
              assertThat(entry.resource()).isEqualTo("wallet");
              assertThat(entry.outcome()).isEqualTo("changed");
              assertThat(entry.subjectId()).isEqualTo(wallet.id().value());
              assertThat(entry.connectionId()).isEqualTo(wallet.connectionId().value());
              assertThat(entry.details())
                  .isEqualTo(
                      AuditEntry.facts(
                          "status", "paused", "schedule", null, "metadata_names", "a,b"));
            });
  }

  @Test
  void refusesMetadataThatGrowsTooLarge() {
    assertThatThrownBy(() -> change(null, Map.of("name", "v".repeat(501))))
        .isInstanceOf(InvalidValue.class);
    assertThat(fixture.found(wallet.id())).isEqualTo(wallet);
  }

  @Test
  void refusesToRemoveANameThatNoEntryCouldHave() {
    for (var name : new String[] {"", "n".repeat(41), "\u0000", "\ud800"}) {
      var patch = new HashMap<String, @Nullable String>();
      patch.put("a", "1");
      patch.put(name, null);

      assertThatThrownBy(() -> change(null, patch)).isInstanceOf(InvalidValue.class);
    }
    assertThat(fixture.auditEntries()).isEmpty();
  }

  @Test
  void aClosedWalletIsNotChanged() {
    var closed = wallet.closed(wallet.updatedAt());
    fixture.wallets().update(closed);

    assertThat(change(true, Map.of())).isEqualTo(new Outcome.Closed());
    assertThat(fixture.found(wallet.id())).isEqualTo(closed);
    assertThat(fixture.auditEntries()).isEmpty();
  }

  @Test
  void anUnknownOrHiddenWalletIsUnknown() {
    assertThat(change(new WalletId(UUID.randomUUID()), Visibility.ALL))
        .isEqualTo(new Outcome.Unknown());
    assertThat(change(wallet.id(), new Visibility(Set.of()))).isEqualTo(new Outcome.Unknown());
  }

  private Outcome change(WalletId id, Visibility visibility) {
    return useCase()
        .change(new ChangeWallet.Command(fixture.actor, visibility, id, true, Map.of()));
  }

  private Outcome change(@Nullable Boolean paused, Map<String, @Nullable String> metadata) {
    return useCase()
        .change(
            new ChangeWallet.Command(fixture.actor, Visibility.ALL, wallet.id(), paused, metadata));
  }

  private ChangeWallet useCase() {
    return new ChangeWallet(
        fixture.wallets(), fixture.transactions(), fixture.auditor, fixture.clock);
  }

  private static Wallet changed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Changed.class);
    return ((Outcome.Changed) outcome).wallet();
  }
}
