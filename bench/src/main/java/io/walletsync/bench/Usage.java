package io.walletsync.bench;

import java.time.Duration;

/** Processor time that was spent until now, by who spent it. */
record Usage(Duration server, Duration database, Duration stub, Duration client) {
  Usage since(Usage earlier) {
    return new Usage(
        server.minus(earlier.server),
        database.minus(earlier.database),
        stub.minus(earlier.stub),
        client.minus(earlier.client));
  }
}
