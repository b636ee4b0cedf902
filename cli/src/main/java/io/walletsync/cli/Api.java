package io.walletsync.cli;

import io.walletsync.core.access.RequestSigner;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One server and the key to call it with; signs exactly the path and query that are sent. */
final class Api {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Longer than the server gives a provider and a lease, so that its own answer comes first. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final byte[] NO_BODY = {};

  private final URI server;
  private final RequestSigner signer;

  Api(URI server, RequestSigner signer) {
    this.server = server;
    this.signer = signer;
  }

  /**
   * @param target path and query, percent-encoded
   */
  Answer get(URI target) {
    return send("GET", target, null, NO_BODY);
  }

  /**
   * @param idempotencyKey null for what is safe to repeat anyway
   * @param body JSON; empty where there is none
   */
  Answer post(URI target, @Nullable String idempotencyKey, byte[] body) {
    return send("POST", target, idempotencyKey, body);
  }

  /**
   * Hears a stream line by line until it ends; then the answer is an empty success.
   *
   * @param silence after so long without a line nobody is there any more
   */
  Answer listen(URI target, Consumer<String> line, Duration silence) {
    var uri = URI.create(server + target.toString());
    var request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream, */*;q=0.5");
    signer.sign("GET", uri.getRawPath(), uri.getRawQuery(), null, NO_BODY).forEach(request::header);
    var lines = new HeardLines(line);
    try (var client = client()) {
      var response = lines.await(client.sendAsync(request.build(), lines), silence);
      return response.statusCode() / 100 == 2 ? new Answer.Success("") : Refusals.read(response);
    } catch (IOException lost) {
      return new Answer.Unreachable(advice(lost));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Answer.Unreachable("Stopped while listening.");
    }
  }

  private Answer send(String method, URI target, @Nullable String idempotencyKey, byte[] body) {
    var uri = URI.create(server + target.toString());
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Accept", "application/json, application/problem+json, */*;q=0.5")
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body.length > 0) {
      request.header("Content-Type", "application/json");
    }
    signer
        .sign(method, uri.getRawPath(), uri.getRawQuery(), idempotencyKey, body)
        .forEach(request::header);
    try (var client = client()) {
      return answer(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException lost) {
      return new Answer.Unreachable(advice(lost));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Answer.Unreachable("Stopped while waiting for the answer.");
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  private static Answer answer(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      return Refusals.read(response);
    }
    var json = Json.read(response.body());
    return new Answer.Success(
        json == null || json.isMissingNode() ? response.body() : Json.write(json));
  }

  private String advice(IOException lost) {
    return switch (lost) {
      case ConnectException e when isUnknownHost(e) ->
          "No such host: " + server.getHost() + ". Check WALLETSYNC_URL or --url.";
      case ConnectException _ ->
          "Nothing answers at "
              + server
              + ". Start the server with ./walletsync serve, or name another with WALLETSYNC_URL.";
      case HttpTimeoutException _ ->
          "No answer from " + server + " in time. Look at the server's log, then try again.";
      case SSLException e ->
          "No trusted connection to "
              + server
              + " ("
              + e.getMessage()
              + "). Check its certificate.";
      default -> "The connection to " + server + " broke before the whole answer came. Try again.";
    };
  }

  /** The JDK says so only in the cause of the cause. */
  private static boolean isUnknownHost(Throwable problem) {
    return Stream.iterate(problem, Objects::nonNull, Throwable::getCause)
        .anyMatch(UnresolvedAddressException.class::isInstance);
  }
}
