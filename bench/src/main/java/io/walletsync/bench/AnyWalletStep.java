package io.walletsync.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** {@code POST sync-balance} of wallets by chance, every balance changed. */
record AnyWalletStep(String name, Installation installation, Fleet fleet) implements Step {
  @Override
  public String title() {
    return "POST sync-balance, changed, any of %,d wallets".formatted(fleet.wallets().size());
  }

  @Override
  public Prepared prepare(int connections, int perClient) throws IOException, SQLException {
    installation.stub().change(true);
    var signing = new ArrayList<Supplier<byte[]>>();
    for (var i = 0; i < connections; i++) {
      signing.add(this::request);
    }
    var clients = new ArrayList<Client>();
    for (var requests : PreparedRequests.of(signing, perClient)) {
      clients.add(new HttpClientWork(installation.server().port(), requests, false));
    }
    return new Synced(this, clients, sequences());
  }

  private byte[] request() {
    var wallets = fleet.wallets();
    var wallet = wallets.get(ThreadLocalRandom.current().nextInt(wallets.size()));
    return installation.key().post(Api.syncPath(wallet), UUID.randomUUID().toString(), new byte[0]);
  }

  private long sequences() throws SQLException {
    return fleet.database().count("select sum(latest_sequence) from wallet");
  }

  private record Synced(AnyWalletStep step, List<Client> clients, long before)
      implements Step.Prepared {
    @Override
    public List<String> flaws(long operations) throws SQLException {
      return Flaws.none().unless("snapshots made", operations, step.sequences() - before).found();
    }
  }
}
