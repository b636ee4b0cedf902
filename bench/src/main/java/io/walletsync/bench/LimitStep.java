package io.walletsync.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the database can do without us: the same work in the leanest way, by plain JDBC. */
enum LimitStep {
  SYNC("limit-sync", "plain sync transaction", 1) {
    @Override
    Client client(LimitTables tables, int number) throws SQLException {
      return new SyncTransactionClient(tables.database(), tables.wallet(number));
    }
  },
  BATCH("limit-batch", "multi-row transaction, " + LimitTables.BATCH + " rows", 1) {
    @Override
    Client client(LimitTables tables, int number) throws SQLException {
      return new BatchTransactionClient(tables.database(), tables.batch(number));
    }
  },
  READ("limit-read", "select of the latest balance", 0) {
    @Override
    Client client(LimitTables tables, int number) throws SQLException {
      return new ReadLatestClient(tables.database(), tables.wallet(number));
    }
  };

  private final String stepName;
  private final String title;
  private final int rowsPerOperation;

  LimitStep(String stepName, String title, int rowsPerOperation) {
    this.stepName = stepName;
    this.title = title;
    this.rowsPerOperation = rowsPerOperation;
  }

  abstract Client client(LimitTables tables, int number) throws SQLException;

  Step on(LimitTables tables) {
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
      public Prepared prepare(int connections, int perClient) throws SQLException {
        var clients = new ArrayList<Client>();
        for (var i = 0; i < connections; i++) {
          clients.add(client(tables, i));
        }
        return new Rows(
            tables, clients, rowsPerOperation, tables.snapshots(), tables.auditEntries());
      }
    };
  }

  private record Rows(
      LimitTables tables, List<Client> clients, int perOperation, long snapshots, long audits)
      implements Step.Prepared {
    @Override
    public List<String> flaws(long operations) throws SQLException {
      return Flaws.none()
          .unless("snapshots written", operations * perOperation, tables.snapshots() - snapshots)
          .unless(
              "audit entries written", operations * perOperation, tables.auditEntries() - audits)
          .found();
    }
  }
}
