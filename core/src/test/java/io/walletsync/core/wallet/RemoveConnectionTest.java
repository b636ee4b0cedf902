package io.walletsync.core.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.walletsync.core.Examples;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.wallet.RemoveConnection.Outcome;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RemoveConnectionTest {
  private final RegistryFixture fixture = new RegistryFixture();
  private final Connection connection = fixture.connected();

  @Test
  void removesAConnectionWithoutOpenWallets() {
    var closed = fixture.registered(Examples.wallet(connection)).closed(Examples.MORNING);
    fixture.wallets().update(closed);

    assertThat(remove(connection.id(), Visibility.ALL, false)).isEqualTo(new Outcome.Removed(0));

    assertThat(fixture.connections().find(connection.id(), Visibility.ALL)).isEmpty();
    assertThat(fixture.connections().open(connection.id())).isEmpty();
    assertThat(fixture.found(closed.id())).isEqualTo(closed);
    assertThat(fixture.auditEntries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo(fixture.actor);
              assertThat(entry.action()).isEqualTo("remove_connection");
              assertThat(entry.resource()).isEqualTo("connection");
              assertThat(entry.outcome()).isEqualTo("removed");
              assertThat(entry.subjectId()).isEqualTo(connection.id().value());
              assertThat(entry.connectionId()).isEqualTo(connection.id().value());
              assertThat(entry.details()).isEqualTo(AuditEntry.facts("closed_wallets", "0"));
            });
  }

  @Test
  void refusesWhileWalletsAreOpen() {
    var wallet = fixture.registered(Examples.wallet(connection, "", Examples.NGN));
    fixture.registered(Examples.wallet(connection, "", Examples.GHS));

    assertThat(remove(connection.id(), Visibility.ALL, false))
        .isEqualTo(new Outcome.HasOpenWallets(2));

    assertThat(fixture.connections().find(connection.id(), Visibility.ALL)).isPresent();
    assertThat(fixture.found(wallet.id())).isEqualTo(wallet);
    assertThat(fixture.auditEntries()).isEmpty();
  }

  @Test
  void closesTheWalletsWithItWhereThatIsWanted() {
    var wallet = fixture.registered(Examples.wallet(connection, "", Examples.NGN));
    var foreign = fixture.registered();

    assertThat(remove(connection.id(), Visibility.ALL, true)).isEqualTo(new Outcome.Removed(1));

    assertThat(fixture.connections().find(connection.id(), Visibility.ALL)).isEmpty();
    assertThat(fixture.found(wallet.id())).isEqualTo(wallet.closed(RegistryFixture.NOW_CUT));
    assertThat(fixture.found(foreign.id())).isEqualTo(foreign);
    assertThat(fixture.auditEntries())
        .extracting(AuditEntry::action, AuditEntry::subjectId)
        .containsExactly(
            tuple("close_wallet", wallet.id().value()),
            tuple("remove_connection", connection.id().value()));
    assertThat(fixture.auditEntries().getLast().details()).containsEntry("closed_wallets", "1");
  }

  @Test
  void anUnknownHiddenOrRemovedConnectionIsUnknown() {
    assertThat(remove(new ConnectionId(UUID.randomUUID()), Visibility.ALL, true))
        .isEqualTo(new Outcome.Unknown());
    assertThat(remove(connection.id(), new Visibility(Set.of()), true))
        .isEqualTo(new Outcome.Unknown());
    assertThat(fixture.auditEntries()).isEmpty();
    remove(connection.id(), Visibility.ALL, false);
    assertThat(remove(connection.id(), Visibility.ALL, false)).isEqualTo(new Outcome.Unknown());
  }

  private Outcome remove(ConnectionId id, Visibility visibility, boolean closeWallets) {
    return new RemoveConnection(
            fixture.connections(),
            fixture.wallets(),
            fixture.transactions(),
            fixture.auditor,
            fixture.clock)
        .remove(new RemoveConnection.Command(fixture.actor, visibility, id, closeWallets));
  }
}
