package io.walletsync.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A terminal to type commands in: its environment, and what a command printed. */
final class Terminal {
  /** What a command left behind. */
  record Result(int exitCode, String out, String err) {}

  private final Map<String, String> environment = new HashMap<>();

  /** A terminal where the key and the server are set. */
  static Terminal connectedTo(String url) {
    return new Terminal()
        .set("WALLETSYNC_URL", url)
        .set("WALLETSYNC_KEY_ID", SignatureCheck.KEY_ID)
        .set("WALLETSYNC_KEY_SECRET", SignatureCheck.base64(SignatureCheck.SECRET));
  }

  Terminal set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Terminal unset(String variable) {
    environment.remove(variable);
    return this;
  }

  Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode =
        WalletSyncCli.run(
            environment,
            InstantSource.system(),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }
}
