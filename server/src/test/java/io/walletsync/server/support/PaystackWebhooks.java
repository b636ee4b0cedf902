package io.walletsync.server.support;

import io.walletsync.server.support.ApiClient.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A Paystack that announces things, signed as its documentation says. */
public record PaystackWebhooks(URI server) {
  /** A charge of naira, as large as it says and never to be believed. */
  public static String charge(long id, long subunits) {
    return "{\"event\":\"charge.success\",\"data\":{\"id\":%d,\"domain\":\"test\",\"status\":\"success\",\"reference\":\"ref%d\",\"amount\":%d,\"currency\":\"NGN\"}}"
        .formatted(id, id, subunits);
  }

  public Answer send(String connection, String secretKey, String body) {
    return send("paystack/" + connection, signature(secretKey, bytes(body)), bytes(body));
  }

  /** Sends with any signature to any address below the webhooks. */
  public Answer send(String target, String signature, byte[] body) {
    return send(target, signature, BodyPublishers.ofByteArray(body));
  }

  public Answer send(String target, String signature, BodyPublisher body) {
    return ApiClient.send(
        HttpRequest.newBuilder(server.resolve("/webhooks/" + target))
            .header("Content-Type", "application/json")
            .header("x-paystack-signature", signature)
            .POST(body)
            .build());
  }

  public static String signature(String secretKey, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(bytes(secretKey), "HmacSHA512"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
