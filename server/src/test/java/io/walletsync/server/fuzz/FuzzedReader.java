package io.walletsync.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.kernel.Text;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A reader to which the input is sent: nobody but who knows the secret is genuine, and whatever the
 * bytes, what is read is a notice that can be stored.
 *
 * <p>What comes before the first NUL is the proof in the header; the rest is the body.
 */
final class FuzzedReader implements Consumer<byte[]> {
  private static final String SECRET = "a-secret-that-nobody-guesses-0123456789";
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
  private static final int LONGEST_TYPE = 128;
  private static final int LONGEST_ID = 256;

  private final WebhookReader reader;
  private final Proof proof;

  FuzzedReader(String provider, @Nullable String version) {
    reader = Wiring.reader(provider, version);
    proof =
        switch (provider) {
          case "paystack" -> new Proof("x-paystack-signature", "HmacSHA512", false);
          case "fincra" -> new Proof("signature", "HmacSHA512", false);
          default ->
              "v4".equals(version)
                  ? new Proof("flutterwave-signature", "HmacSHA256", true)
                  : new Proof("verif-hash", null, false);
        };
  }

  @Override
  public void accept(byte[] input) {
    var end = 0;
    while (end < input.length && input[end] != 0) {
      end++;
    }
    var presented = new String(input, 0, end, ISO_8859_1);
    var body = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
    var expected = proof.of(body);

    require(isGenuine(presented, body) == presented.equals(expected));
    require(isGenuine(expected, body));
    require(!reader.isGenuine(new Delivery(Map.of("x-" + proof.header, expected), body), SECRET));
    requireStorable(body);
    requireStorable(input);
  }

  private boolean isGenuine(String presented, byte[] body) {
    return reader.isGenuine(new Delivery(Map.of(proof.header, presented), body), SECRET);
  }

  private void requireStorable(byte[] body) {
    var notice = reader.read(body);
    Text.printable(notice.type(), LONGEST_TYPE);
    var id = notice.eventId();
    if (id != null) {
      Text.printable(id, LONGEST_ID);
    }
    require(KEY.matcher(notice.contentKey().value()).matches());
    require(reader.read(body).equals(notice));
    switch (notice.concern()) {
      case Concern.Nothing(), Concern.Everything() -> {}
      case Concern.Currencies(var currencies) -> require(!currencies.isEmpty());
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new AssertionError("the promise does not hold");
    }
  }

  /** How the provider proves; without an algorithm by the secret itself. */
  private record Proof(String header, @Nullable String algorithm, boolean isBase64) {
    String of(byte[] body) {
      if (algorithm == null) {
        return SECRET;
      }
      try {
        var mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), algorithm));
        var sum = mac.doFinal(body);
        return isBase64 ? Base64.getEncoder().encodeToString(sum) : HexFormat.of().formatHex(sum);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
