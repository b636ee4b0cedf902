package io.walletsync.server.stress;

import io.walletsync.server.support.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** The processes of a test's PostgreSQL, which can be stopped like any other and go on later. */
final class StoppedProcesses implements AutoCloseable {
  private final ProcessHandle postmaster;
  private List<ProcessHandle> stopped = List.of();

  private StoppedProcesses(ProcessHandle postmaster) {
    this.postmaster = postmaster;
  }

  static StoppedProcesses of(TestDatabase database) {
    var postmaster =
        database
            .look()
            .sql("select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::bigint")
            .query(Long.class)
            .single();
    return new StoppedProcesses(ProcessHandle.of(postmaster).orElseThrow());
  }

  void stop() {
    signal("-STOP", Stream.of(postmaster));
    stopped = Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    signal("-STOP", stopped.stream());
  }

  void goOn() {
    signal("-CONT", stopped.stream());
    stopped = List.of();
  }

  @Override
  public void close() {
    goOn();
  }

  private static void signal(String signal, Stream<ProcessHandle> processes) {
    var command =
        Stream.concat(
                Stream.of("kill", signal),
                processes.filter(ProcessHandle::isAlive).map(p -> Long.toString(p.pid())))
            .toList();
    if (command.size() == 2) {
      return;
    }
    try {
      new ProcessBuilder(command).inheritIO().start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
