package io.walletsync.server.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process of a cluster: never two of them, started with settings that no file can
 * weaken, stopped cleanly. Used only under the lock of the data directory.
 */
final class Postmaster {
  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration FAST_STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration IMMEDIATE_STOP_LIMIT = Duration.ofSeconds(15);
  private static final Duration MARGIN = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final long LOG_LIMIT = 10_000_000;

  /** On the command line they win over postgresql.conf and ALTER SYSTEM. */
  private static final String SETTINGS =
      String.join(
          " ",
          "-c listen_addresses=127.0.0.1",
          "-c unix_socket_directories=",
          "-c fsync=on",
          "-c synchronous_commit=on",
          "-c full_page_writes=on",
          "-c password_encryption=scram-sha-256");

  private final Cluster cluster;
  private final PostmasterFile file;
  private final PostgresCommands commands;
  private final Path log;

  Postmaster(Cluster cluster, PostgresCommands commands, Path log) {
    this.cluster = cluster;
    this.file = new PostmasterFile(cluster);
    this.commands = commands;
    this.log = log;
  }

  /** Starts PostgreSQL, after whatever an earlier owner left behind is stopped. */
  int start() throws IOException {
    startNewLogIfLarge();
    var reason = "";
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      pause(attempt);
      stopLeftover();
      var logged = Files.exists(log) ? Files.size(log) : 0;
      var port = freePort();
      var result = startOn(port);
      if (result.succeeded()) {
        return port;
      }
      if (file.running().isPresent()) {
        stop();
        throw problem("did not get ready within " + START_LIMIT.toMinutes() + " minutes");
      }
      // The port was taken meanwhile, or processes of a killed PostgreSQL are still going away.
      reason = reasonLoggedAfter(logged, result);
    }
    throw problem("did not start: " + reason);
  }

  /** Stops PostgreSQL without waiting for its clients; nothing committed is lost. */
  void stop() throws IOException {
    var fast = pgCtl(FAST_STOP_LIMIT, "stop", "--mode=fast");
    if (fast.succeeded() || file.running().isEmpty()) {
      return;
    }
    LOG.warn("PostgreSQL does not stop in the ordinary way: {}", fast.reason());
    var immediate = pgCtl(IMMEDIATE_STOP_LIMIT, "stop", "--mode=immediate");
    var running = file.running();
    if (!immediate.succeeded() && running.isPresent()) {
      throw new EmbeddedPostgresProblem(
          """
          The PostgreSQL on %s (process %d) does not stop; \
          end that process, then start WalletSync again."""
              .formatted(cluster.path(), running.get().pid()));
    }
  }

  private void stopLeftover() throws IOException {
    var leftover = file.running();
    if (leftover.isPresent()) {
      LOG.info(
          "Stopping the PostgreSQL (process {}) that an earlier WalletSync left running on {}",
          leftover.get().pid(),
          cluster.path());
      stop();
    }
    file.removeIfForeign();
  }

  private PostgresCommands.Result startOn(int port) throws IOException {
    return pgCtl(START_LIMIT, "start", "--log=" + log, "--options=-p " + port + " " + SETTINGS);
  }

  private PostgresCommands.Result pgCtl(Duration limit, String action, String... options)
      throws IOException {
    var arguments = new ArrayList<String>();
    arguments.add(action);
    arguments.addAll(
        List.of("--wait", "--timeout=" + limit.toSeconds(), "--pgdata=" + cluster.path()));
    arguments.addAll(List.of(options));
    return commands.run(limit.plus(MARGIN), "pg_ctl", arguments);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static void pause(int attempt) {
    if (attempt > 0) {
      try {
        Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EmbeddedPostgresProblem("The start of PostgreSQL was interrupted.", e);
      }
    }
  }

  private void startNewLogIfLarge() throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private String reasonLoggedAfter(long position, PostgresCommands.Result result)
      throws IOException {
    if (!Files.exists(log)) {
      return result.reason();
    }
    try (var input = Files.newInputStream(log)) {
      input.skipNBytes(position);
      var added = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      return new PostgresCommands.Result(result.exitCode(), added).reason();
    }
  }

  private EmbeddedPostgresProblem problem(String what) {
    return new EmbeddedPostgresProblem("PostgreSQL %s; its log is %s.".formatted(what, log));
  }
}
