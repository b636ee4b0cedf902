package io.walletsync.server.http.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A client that signs step by step, so that a test can do each step wrongly. It shares no code with
 * the server.
 */
final class SignedCall {
  private final String method;
  private final URI uri;
  final byte[] body;
  final List<String> components = new ArrayList<>(List.of("@method", "@path"));
  final Map<String, String> headers = new LinkedHashMap<>();
  final StringJoiner inputs = new StringJoiner(", ");
  final StringJoiner signatures = new StringJoiner(", ");

  SignedCall(String method, URI uri, String body) {
    this.method = method;
    this.uri = uri;
    this.body = body.getBytes(StandardCharsets.UTF_8);
    if (uri.getRawQuery() != null) {
      components.add("@query");
    }
    if (this.body.length > 0) {
      header("Content-Type", "application/json");
      cover("Content-Digest", digest(this.body));
    }
  }

  SignedCall header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  SignedCall cover(String name, String value) {
    header(name, value);
    components.add(name.toLowerCase(Locale.ROOT));
    return this;
  }

  /** Parameters as most clients would send them. */
  static String parameters(long created, String keyId) {
    return ";created=" + created + ";keyid=\"" + keyId + "\";nonce=\"" + UUID.randomUUID() + "\"";
  }

  SignedCall sign(String label, String parameters, byte[] secret) {
    var input = new StringJoiner("\" \"", "(\"", "\")");
    components.forEach(input::add);
    var base = new StringJoiner("\n");
    for (var name : components) {
      base.add('"' + name + "\": " + value(name));
    }
    base.add("\"@signature-params\": " + input + parameters);
    inputs.add(label + "=" + input + parameters);
    signatures.add(label + "=:" + base64(hmac(secret, base.toString())) + ":");
    return this;
  }

  HttpResponse<String> send(AccessServer server) throws IOException, InterruptedException {
    return send(server, body);
  }

  /** Sends another body than the one that was signed. */
  HttpResponse<String> send(AccessServer server, byte[] other)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofByteArray(other));
    headers.forEach(request::header);
    if (inputs.length() > 0) {
      request.header("Signature-Input", inputs.toString());
      request.header("Signature", signatures.toString());
    }
    return server.client.send(request.build(), BodyHandlers.ofString());
  }

  private String value(String name) {
    return switch (name) {
      case "@method" -> method;
      case "@path" -> uri.getRawPath();
      case "@query" -> "?" + uri.getRawQuery();
      case "@authority" -> uri.getAuthority();
      case "@scheme" -> uri.getScheme();
      case "@target-uri" -> uri.toString();
      default ->
          headers.entrySet().stream()
              .filter(header -> header.getKey().equalsIgnoreCase(name))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse("absent");
    };
  }

  static String digest(byte[] body) {
    try {
      return "sha-256=:" + base64(MessageDigest.getInstance("SHA-256").digest(body)) + ":";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
