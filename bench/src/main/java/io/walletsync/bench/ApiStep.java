package io.walletsync.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** What the product does: signed requests, one wallet a connection. */
enum ApiStep {
  CHANGED("post-changed", "POST sync-balance, balance changed", true),
  UNCHANGED("post-unchanged", "POST sync-balance, balance unchanged", false),
  REPLAY("replay", "POST sync-balance, replayed", true),
  READ("get", "GET balance", true),
  PAYSTACK("paystack", "POST sync-balance, changed, Paystack (two calls)", true);

  private final String stepName;
  private final String title;
  private final boolean isMoneyMoving;

  ApiStep(String stepName, String title, boolean isMoneyMoving) {
    this.stepName = stepName;
    this.title = title;
    this.isMoneyMoving = isMoneyMoving;
  }

  static boolean isOneOf(Step step) {
    return Arrays.stream(values()).anyMatch(one -> one.stepName.equals(step.name()));
  }

  Step on(Installation installation, Wallets wallets) {
    return new Step() {
      @Override
      public String name() {
        return stepName;
      }

      @Override
      public String title() {
        return title;
      }

      @Override
      public Prepared prepare(int connections, int perClient) throws IOException, SQLException {
        var used = new Wallets(wallets.database(), wallets.ids().subList(0, connections));
        installation.stub().change(isMoneyMoving);
        var signing = signing(installation, used.ids());
        var clients = new ArrayList<Client>();
        for (var requests : PreparedRequests.of(signing, perClient)) {
          clients.add(
              new HttpClientWork(installation.server().port(), requests, ApiStep.this == REPLAY));
        }
        return new Sent(
            ApiStep.this, installation, used, clients, used.state(), installation.stub().calls());
      }
    };
  }

  /** Makes what the step stands on (a balance, an answer to replay) and returns its requests. */
  private List<Supplier<byte[]>> signing(Installation installation, List<UUID> wallets)
      throws IOException {
    var signing = new ArrayList<Supplier<byte[]>>();
    var key = installation.key();
    try (var api = installation.api()) {
      for (var wallet : wallets) {
        var path = Api.syncPath(wallet);
        var first = UUID.randomUUID().toString();
        api.sync(wallet, first);
        signing.add(
            switch (this) {
              case CHANGED, UNCHANGED, PAYSTACK ->
                  () -> key.post(path, UUID.randomUUID().toString(), new byte[0]);
              case REPLAY -> () -> key.post(path, first, new byte[0]);
              case READ -> {
                var request = key.get(Api.balancePath(wallet));
                yield () -> request;
              }
            });
      }
    }
    return signing;
  }

  private record Sent(
      ApiStep step,
      Installation installation,
      Wallets wallets,
      List<Client> clients,
      Wallets.State before,
      long callsBefore)
      implements Step.Prepared {
    @Override
    public List<String> flaws(long operations) throws IOException, SQLException {
      var after = wallets.state();
      var created =
          switch (step) {
            case CHANGED, PAYSTACK -> operations;
            case UNCHANGED, REPLAY, READ -> 0;
          };
      var calls =
          switch (step) {
            case CHANGED, UNCHANGED -> operations;
            case PAYSTACK -> 2 * operations;
            case REPLAY, READ -> 0;
          };
      var synced =
          switch (step) {
            case CHANGED, UNCHANGED, PAYSTACK -> operations;
            case REPLAY, READ -> 0;
          };
      return Flaws.none()
          .unless("snapshots made", created, after.snapshots() - before.snapshots())
          .unless("highest sequences", after.snapshots(), after.highestSequences())
          .unless("audited syncs", synced, after.audits() - before.audits())
          .unless(
              "audited replays",
              step == REPLAY ? operations : 0,
              after.replays() - before.replays())
          .unless("calls to the provider", calls, installation.stub().calls() - callsBefore)
          .found();
    }
  }
}
