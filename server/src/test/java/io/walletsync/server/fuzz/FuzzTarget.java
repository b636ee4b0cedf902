package io.walletsync.server.fuzz;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is fuzzed: how each adapter reads replies, and how each reader reads notifications. */
public enum FuzzTarget {
  PAYSTACK_REPLY("paystack", null, false),
  FLUTTERWAVE_V3_REPLY("flutterwave", "v3", false),
  FLUTTERWAVE_V4_REPLY("flutterwave", "v4", false),
  FLUTTERWAVE_V4_TOKEN("flutterwave", "v4", false),
  FINCRA_REPLY("fincra", null, false),
  PAYSTACK_WEBHOOK("paystack", null, true),
  FLUTTERWAVE_V3_WEBHOOK("flutterwave", "v3", true),
  FLUTTERWAVE_V4_WEBHOOK("flutterwave", "v4", true),
  FINCRA_WEBHOOK("fincra", null, true);

  @SuppressWarnings("ImmutableEnumChecker") // only the one thread of the fuzzer comes in
  private final Consumer<byte[]> check;

  private final String samples;

  FuzzTarget(String provider, @Nullable String version, boolean isWebhook) {
    samples = version == null ? provider : provider + "/" + version;
    check =
        isWebhook
            ? new FuzzedReader(provider, version)
            : new FuzzedAdapter(provider, version, name().endsWith("_TOKEN"));
  }

  /** Throws where the promise does not hold for this input. */
  void check(byte[] input) {
    check.accept(input);
  }

  /** Where the samples of its provider lie. */
  String samples() {
    return samples;
  }

  boolean isWebhook() {
    return name().endsWith("_WEBHOOK");
  }
}
