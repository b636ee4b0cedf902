package io.walletsync.server.demo;

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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the demo's server as any other client does: over HTTP, every request signed. */
final class DemoClient {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI server;
  private final RequestSigner signer;
  private final HttpClient http = HttpClient.newHttpClient();

  DemoClient(URI server, RequestSigner signer) {
    this.server = server;
    this.signer = signer;
  }

  Answer get(String path) {
    return send("GET", path, null, null);
  }

  Answer post(String path, @Nullable String idempotencyKey, Map<String, ?> body) {
    return send("POST", path, idempotencyKey, JSON.writeValueAsString(body));
  }

  private Answer send(
      String method, String path, @Nullable String idempotencyKey, @Nullable String body) {
    var bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .method(method, BodyPublishers.ofByteArray(bytes));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    signer.sign(method, path, null, idempotencyKey, bytes).forEach(request::header);
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calling the server", e);
    }
  }

  /** What the server said. */
  record Answer(int status, JsonNode json) {
    Answer expect(int... statuses) {
      for (var expected : statuses) {
        if (status == expected) {
          return this;
        }
      }
      throw new IllegalStateException("the server answered " + status + ": " + json);
    }

    String text(String field) {
      return json.path(field).asString("");
    }
  }
}
