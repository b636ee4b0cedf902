package io.walletsync.core.bulk;

import static io.walletsync.core.bulk.SyncRunPorts.chunksOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.bulk.SyncRun.State;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever wallets there are and however they are cut, each open one is synced and counted once.
 */
class SyncRunProperties {
  @Property(tries = 100)
  void everyOpenWalletIsSyncedAndCountedOnce(
      @ForAll @Size(max = 6) List<@Size(max = 7) List<Wallet.Status>> connections,
      @ForAll @IntRange(min = 1, max = 9) int chunkSize,
      @ForAll @IntRange(min = 0, max = 3) int deadHolders) {
    var fixture = new BulkFixture();
    var open = new HashSet<WalletId>();
    for (var statuses : connections) {
      var connection = fixture.connected();
      for (var status : statuses) {
        var wallet = fixture.wallet(connection, "ada", status, Examples.MORNING);
        if (!wallet.isClosed()) {
          open.add(wallet.id());
        }
      }
    }
    var run = fixture.started(new SyncRunFilter.All(), Visibility.ALL);
    for (var i = 0; i < deadHolders; i++) {
      var dead = fixture.taken(run, SyncRunPorts.abandonedChunksOf(chunkSize));
      assertThat(dead.isPresent()).isEqualTo(!open.isEmpty());
    }

    var done = fixture.advanceToTheEnd(run, chunksOf(chunkSize));

    assertThat(run.total()).isEqualTo(open.size());
    assertThat(done.state()).isEqualTo(State.COMPLETED);
    assertThat(done.tally()).isEqualTo(new Tally(open.size(), 0, 0, 0));
    assertThat(synced(fixture)).isEqualTo(open);
    assertThat(fixture.storage.allSnapshots()).hasSameSizeAs(open);
  }

  private static Set<WalletId> synced(BulkFixture fixture) {
    return new HashSet<>(
        fixture.storage.allSnapshots().stream().map(WalletBalanceSnapshot::walletId).toList());
  }
}
