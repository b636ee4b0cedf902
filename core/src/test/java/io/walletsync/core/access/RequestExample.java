package io.walletsync.core.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A signed POST that is right in every way, until a test changes something. */
final class RequestExample {
  String method = "POST";
  String keyId = "shop";
  OpaqueBytes secret = AccessExample.SECRET;
  @Nullable String query = "a=1";
  OpaqueBytes body = AccessExample.secret("{}");
  @Nullable OpaqueBytes sentDigest = AccessExample.secret("{}").sha256();
  List<String> components =
      new ArrayList<>(List.of("@method", "@path", "@query", "content-digest", "idempotency-key"));
  @Nullable Long created = AccessExample.NOW.getEpochSecond();
  @Nullable Long expires;
  @Nullable String nonce = "nonce-1";
  @Nullable String algorithm;
  Map<String, String> headers = new TreeMap<>();

  RequestExample() {
    headers.put("content-digest", "sha-256=:…:");
    headers.put("idempotency-key", "\"order-1\"");
    headers.put("signature-input", "present");
  }

  /** A read without query, body and key. */
  static RequestExample get() {
    var example = new RequestExample();
    example.method = "GET";
    example.query = null;
    example.body = AccessExample.secret("");
    example.sentDigest = null;
    example.components = new ArrayList<>(List.of("@method", "@path"));
    example.headers.remove("content-digest");
    example.headers.remove("idempotency-key");
    return example;
  }

  SignedRequest request() {
    return request(List.of(signature()));
  }

  SignedRequest request(List<ReceivedSignature> signatures) {
    return new SignedRequest(
        method,
        "http",
        "localhost:8080",
        "/api/v1/wallets",
        query,
        headers,
        body,
        sentDigest,
        signatures,
        "192.0.2.7",
        "request-7");
  }

  ReceivedSignature signature() {
    var input = "(\"" + String.join("\" \"", components) + "\");created=" + created;
    var unsigned = signature(input, AccessExample.secret(""));
    var base = SignatureBase.of(request(List.of()), unsigned);
    return signature(input, base == null ? AccessExample.secret("") : secret.mac(base));
  }

  private ReceivedSignature signature(String input, OpaqueBytes value) {
    return new ReceivedSignature(
        components, input, keyId, created, expires, nonce, algorithm, value);
  }
}
