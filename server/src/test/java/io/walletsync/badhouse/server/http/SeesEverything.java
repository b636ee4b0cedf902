package io.walletsync.badhouse.server.http;

import io.walletsync.badhouse.server.MainProcess;
import io.walletsync.badhouse.server.postgres.PostgresPurses;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/** An adapter that sees another one, the process and SQL, and is injected into. */
public final class SeesEverything {
  @Autowired @Nullable PostgresPurses purses;
  public double lockedBalance;

  public SQLException fail(MainProcess process) {
    return new SQLException(process.name());
  }
}
