package io.walletsync.server.provider;

import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.movement.MovementFeed.Reply.Rows;
import io.walletsync.core.movement.MovementFeed.Row;
import io.walletsync.core.movement.MovementFeed.Window;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All pages of a window, read one after the other; the balances of a walk are one chain. */
public record FeedWalk(List<Row> rows, int pages) {
  public static FeedWalk of(
      MovementFeed feed, OpenConnection connection, Holding holding, Window window) {
    var rows = new ArrayList<Row>();
    @Nullable String next = null;
    for (var pages = 1; ; pages++) {
      var page = (Rows) feed.read(connection, holding, window, next, Duration.ofSeconds(20));
      rows.addAll(page.rows());
      next = page.next().orElse(null);
      if (next == null) {
        return new FeedWalk(rows, pages);
      }
    }
  }

  /** Whether each balance is the one before it, an older row's, and the difference. */
  public boolean isOneChain() {
    for (var i = 0; i + 1 < rows.size(); i++) {
      var newer = rows.get(i);
      var after = newer.balanceAfter();
      var before = rows.get(i + 1).balanceAfter();
      if (after == null
          || before == null
          || before.amount().add(newer.difference().amount()).compareTo(after.amount()) != 0) {
        return false;
      }
    }
    return true;
  }
}
