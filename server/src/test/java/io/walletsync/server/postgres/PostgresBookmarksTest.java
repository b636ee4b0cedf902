package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.BookmarksContract;

final class PostgresBookmarksTest implements BookmarksContract {
  @Override
  public Bookmarks bookmarks() {
    return Ports.bookmarks();
  }

  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }
}
