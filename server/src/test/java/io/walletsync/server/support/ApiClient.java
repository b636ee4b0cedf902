package io.walletsync.server.support;

import io.walletsync.core.access.RequestSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the public API that signs what it sends. */
public final class ApiClient {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private final URI server;
  private final RequestSigner signer;

  public ApiClient(URI server, String keyId, byte[] secret) {
    this(server, new RequestSigner(keyId, secret, InstantSource.system()));
  }

  public ApiClient(URI server, RequestSigner signer) {
    this.server = server;
    this.signer = signer;
  }

  public Answer get(String target) {
    return send("GET", target, null, Map.of(), null);
  }

  public Answer get(String target, Map<String, String> headers) {
    return send("GET", target, null, headers, null);
  }

  public Answer delete(String target) {
    return send("DELETE", target, null, Map.of(), null);
  }

  public Answer post(String target, String body) {
    return send("POST", target, null, Map.of(), body);
  }

  public Answer post(String target, String idempotencyKey, String body) {
    return send("POST", target, idempotencyKey, Map.of(), body);
  }

  public Answer patch(String target, String body) {
    return send("PATCH", target, null, Map.of(), body);
  }

  /** Connects a Paystack integration, and returns the connection's id. */
  public String connect(String secretKey) {
    return post(
            "/api/v1/connections",
            JSON.writeValueAsString(
                Map.of(
                    "provider", "paystack",
                    "name", "Test store",
                    "credentials", Map.of("secret_key", secretKey))))
        .expect(201)
        .text("connection_id");
  }

  /** Registers a wallet, and returns its id. */
  public String register(String connection, String currency) {
    return post(
            "/api/v1/wallets",
            "{\"connection_id\":\"%s\",\"currency\":\"%s\"}".formatted(connection, currency))
        .expect(201)
        .text("wallet_id");
  }

  public Answer sync(String wallet) {
    return sync(wallet, null);
  }

  public Answer sync(String wallet, @Nullable String idempotencyKey) {
    return send(
        "POST", "/api/v1/wallets/" + wallet + "/sync-balance", idempotencyKey, Map.of(), null);
  }

  public Answer balance(String wallet) {
    return get("/api/v1/wallets/" + wallet + "/balance");
  }

  /** Sends a signed request; the target is path and query as they go on the wire. */
  public Answer send(
      String method,
      String target,
      @Nullable String idempotencyKey,
      Map<String, String> headers,
      @Nullable String body) {
    return send(signed(method, target, idempotencyKey, headers, body));
  }

  /** Listens to server-sent events. */
  public EventSource listen(String target, Map<String, String> headers) {
    try {
      var request = signed("GET", target, null, headers, null);
      return new EventSource(HTTP.send(request, BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The headers that sign a request without a body. */
  public Map<String, String> signature(String method, String target) {
    var question = target.indexOf('?');
    return signer.sign(
        method,
        question < 0 ? target : target.substring(0, question),
        question < 0 ? null : target.substring(question + 1),
        null,
        new byte[0]);
  }

  private HttpRequest signed(
      String method,
      String target,
      @Nullable String idempotencyKey,
      Map<String, String> headers,
      @Nullable String body) {
    var bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    var question = target.indexOf('?');
    var request =
        HttpRequest.newBuilder(URI.create(server + target))
            .timeout(Duration.ofSeconds(60))
            .method(method, BodyPublishers.ofByteArray(bytes));
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    signer
        .sign(
            method,
            question < 0 ? target : target.substring(0, question),
            question < 0 ? null : target.substring(question + 1),
            idempotencyKey,
            bytes)
        .forEach(request::header);
    return request.build();
  }

  /** Sends a request as it is, without signing it. */
  public static Answer send(HttpRequest request) {
    try {
      return new Answer(HTTP.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static String randomKey() {
    return UUID.randomUUID().toString();
  }

  /** What the server said. */
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    /** A member as text; empty where it is absent or null. */
    public String text(String field) {
      return json().path(field).asString("");
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The last part of a problem's type; empty where the answer is no problem. */
    public String problem() {
      var type = status() < 400 ? "" : text("type");
      return type.substring(type.lastIndexOf(':') + 1);
    }

    public Answer expect(int status) {
      if (status() != status) {
        throw new AssertionError("expected " + status + ", got " + status() + ": " + body());
      }
      return this;
    }

    @Override
    public String toString() {
      return status() + " " + body();
    }
  }
}
