package io.walletsync.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The provider stub, seen from outside. */
final class StubProcess {
  static final String COMMAND = "provider-stub";
  private static final Pattern PORT = Pattern.compile("(?m)^(\\d+)$");

  private final ChildProcess process;
  private final int port;

  private StubProcess(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  static StubProcess start(Workplace work) throws IOException, InterruptedException {
    var self = System.getProperty("java.class.path");
    var arguments =
        self.endsWith(".jar") && !self.contains(File.pathSeparator)
            ? List.of("-Xmx256m", "-XX:+UseSerialGC", "-jar", self, COMMAND)
            : List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp", self, Bench.class.getName(), COMMAND);
    var process = work.startJava(arguments, Map.of(), "stub.log");
    return new StubProcess(process, Integer.parseInt(process.awaitSaying(PORT)));
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Whether each call tells other amounts than the one before. */
  void change(boolean isChanging) throws IOException {
    ask(isChanging ? "/control/changing" : "/control/still");
  }

  /** How many calls it has answered. */
  long calls() throws IOException {
    return Long.parseLong(ask("/control/calls"));
  }

  static byte[] get(String target) {
    return ("GET " + target + " HTTP/1.1\r\nHost: stub\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private String ask(String target) throws IOException {
    try (var connection = new HttpConnection(port)) {
      connection.send(get(target));
      return connection.body();
    }
  }
}
