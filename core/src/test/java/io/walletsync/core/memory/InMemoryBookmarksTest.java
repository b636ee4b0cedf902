package io.walletsync.core.memory;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.BookmarksContract;
import java.time.InstantSource;

final class InMemoryBookmarksTest implements BookmarksContract {
  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());

  @Override
  public Bookmarks bookmarks() {
    return storage.bookmarks();
  }

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }
}
