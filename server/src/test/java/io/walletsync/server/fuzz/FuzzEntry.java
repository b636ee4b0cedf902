package io.walletsync.server.fuzz;

import java.util.Arrays;

/** Where the fuzzer comes in, in a process of its own. */
public final class FuzzEntry {
  private static final String TARGET = System.getProperty("walletsync.fuzz.target", "");

  private FuzzEntry() {}

  /** Wires and loads everything before any input is timed. */
  public static void fuzzerInitialize() {
    for (var target : FuzzTarget.values()) {
      target.check(new byte[] {0, '{', '}'});
    }
  }

  /** One target; or, where none is named, the one that the first byte picks. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (!TARGET.isEmpty()) {
      FuzzTarget.valueOf(TARGET).check(input);
    } else if (input.length > 0) {
      var targets = FuzzTarget.values();
      targets[Math.floorMod(input[0], targets.length)].check(
          Arrays.copyOfRange(input, 1, input.length));
    }
  }
}
