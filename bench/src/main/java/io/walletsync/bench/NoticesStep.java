package io.walletsync.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * {@code POST sync-balance}, every balance changed; each client goes round wallets of its own, so
 * that no two wait for one call.
 */
record NoticesStep(String name, String title, Installation installation, Wallets wallets)
    implements Step {
  @Override
  public Prepared prepare(int connections, int perClient) throws IOException, SQLException {
    installation.stub().change(true);
    var signing = new ArrayList<Supplier<byte[]>>();
    for (var i = 0; i < connections; i++) {
      signing.add(requests(i, connections));
    }
    var clients = new ArrayList<Client>();
    for (var requests : PreparedRequests.of(signing, perClient)) {
      clients.add(new HttpClientWork(installation.server().port(), requests, false));
    }
    return new Synced(wallets, clients, wallets.state());
  }

  private Supplier<byte[]> requests(int client, int clients) {
    var own = new ArrayList<UUID>();
    for (var i = client; i < wallets.ids().size(); i += clients) {
      own.add(wallets.ids().get(i));
    }
    var next = new AtomicInteger();
    return () ->
        installation
            .key()
            .post(
                Api.syncPath(own.get(next.getAndIncrement() % own.size())),
                UUID.randomUUID().toString(),
                new byte[0]);
  }

  private record Synced(Wallets wallets, List<Client> clients, Wallets.State before)
      implements Step.Prepared {
    @Override
    public List<String> flaws(long operations) throws SQLException {
      var after = wallets.state();
      return Flaws.none()
          .unless("snapshots made", operations, after.snapshots() - before.snapshots())
          .unless("highest sequences", after.snapshots(), after.highestSequences())
          .found();
    }
  }
}
