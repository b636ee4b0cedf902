package io.walletsync.server;

import io.walletsync.server.config.RunningServer;
import io.walletsync.server.config.Settings;
import io.walletsync.server.config.SettingsProblem;
import io.walletsync.server.demo.Demo;
import java.util.Arrays;
import java.util.List;

/** The server's command line: {@code serve}, {@code demo} and {@code schema}. */
final class WalletSync {
  private static final int WRONG_USE = 64;
  private static final int WRONG_SETTING = 78;

  private WalletSync() {}

  public static void main(String[] arguments) {
    var command = arguments.length == 0 ? "" : arguments[0];
    var rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    try {
      switch (command) {
        case "serve" -> serve(rest);
        case "demo" -> stopCleanly(Demo.start(System.getenv(), System.out));
        case "schema" -> System.exit(SchemaCommand.run(rest, System.getenv(), System.out));
        default -> wrongUse("Commands: serve, demo, schema. Settings: docs/configuration.md");
      }
    } catch (SettingsProblem problem) {
      System.err.println("walletsync: " + problem.getMessage());
      System.exit(WRONG_SETTING);
    }
  }

  private static void serve(List<String> arguments) {
    if (!arguments.isEmpty()) {
      wrongUse("serve takes no arguments; settings come from the environment.");
    }
    var environment = System.getenv();
    for (var name : Settings.unknownIn(environment)) {
      System.err.println("walletsync: " + name + " is not a setting; is it misspelt?");
    }
    var server = RunningServer.start(Settings.from(environment));
    stopCleanly(server);
    System.err.println("walletsync: listening on " + server.address());
  }

  /** On SIGTERM and SIGINT: drain, close, and exit with 0, for nothing went wrong. */
  private static void stopCleanly(AutoCloseable running) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(
                    () -> {
                      var status = 0;
                      try {
                        running.close();
                      } catch (Exception e) {
                        System.err.println("walletsync: the stop failed: " + e);
                        status = 1;
                      }
                      Runtime.getRuntime().halt(status);
                    }));
  }

  private static void wrongUse(String sentence) {
    System.err.println("walletsync: " + sentence);
    System.exit(WRONG_USE);
  }
}
