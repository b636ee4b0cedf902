package io.walletsync.server.provider.flutterwave.v4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.server.provider.Deadline;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.ProviderCalls.Result;
import io.walletsync.server.provider.UnreadableReply;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/**
 * The access tokens of all connections (API v4, "Authentication": OAuth 2.0 client credentials).
 * However many callers lack one, it is asked for once, and each waits no longer than its own
 * deadline. New credentials never get a token that older ones brought.
 */
final class FlutterwaveV4Tokens {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_KEPT = 10_000;

  private final ProviderCalls calls;
  private final URI tokenUrl;
  private final AsyncCache<Key, Grant> grants;

  FlutterwaveV4Tokens(ProviderCalls calls, String tokenUrl, Ticker ticker) {
    this.calls = calls;
    this.tokenUrl = URI.create(tokenUrl);
    grants =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .ticker(ticker)
            .executor(Thread::startVirtualThread)
            .expireAfter(Expiry.<Key, Grant>creating((_, grant) -> grant.keptFor()))
            .buildAsync();
  }

  /** A token that should work, asked for where none is kept. */
  Grant get(OpenConnection connection, Deadline end) {
    var key = new Key(connection.connection().id(), connection.credentials());
    var asked = grants.get(key, _ -> ask(connection));
    var grant = await(asked, end);
    if (asked.isDone() && grant.keptFor().isZero()) {
      // the cache notes a moment after its end that this was not to be kept
      grants.asMap().remove(key, asked);
    }
    return grant;
  }

  /** Another token than this, which Flutterwave does not accept any more. */
  Grant getInsteadOf(Grant.Token refused, OpenConnection connection, Deadline end) {
    var key = new Key(connection.connection().id(), connection.credentials());
    var kept = grants.getIfPresent(key);
    // whoever came first has replaced it already
    if (kept != null && kept.state() == Future.State.SUCCESS && kept.resultNow().equals(refused)) {
      grants.asMap().remove(key, kept);
    }
    return get(connection, end);
  }

  private Grant ask(OpenConnection connection) {
    var form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s"
            .formatted(
                URLEncoder.encode(connection.credentials().get("client_id"), UTF_8),
                URLEncoder.encode(connection.credentials().get("client_secret"), UTF_8));
    var request =
        HttpRequest.newBuilder(tokenUrl)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return switch (calls.send(connection.connection(), request, Deadline.in(PATIENCE))) {
      case Result.Failed(var failure) -> new Grant.Denied(failure);
      case Result.Refused(var status, _, var failure) -> refused(status, failure);
      case Result.Answer(var body) -> granted(body);
    };
  }

  /** The statuses by which OAuth 2.0 refuses a client; others say that nobody was asked. */
  private static Grant refused(int status, ProviderFailure failure) {
    return switch (status) {
      case 400, 401, 403 ->
          denied(Reason.UNAUTHORIZED, "Flutterwave gives no access token for these credentials.");
      default -> new Grant.Denied(failure);
    };
  }

  private static Grant granted(byte[] body) {
    try {
      return Grant.Token.read(body);
    } catch (UnreadableReply e) {
      return denied(Reason.UNREADABLE, "Flutterwave's access token is not what it documents.");
    }
  }

  private static Grant await(CompletableFuture<Grant> grant, Deadline end) {
    try {
      return grant.get(end.remainingNanos(), NANOSECONDS);
    } catch (TimeoutException e) {
      return denied(Reason.TIMEOUT, "Flutterwave gave no access token in time.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return denied(Reason.UNREACHABLE, "The call to the provider was interrupted.");
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking for an access token broke", e.getCause());
    }
  }

  private static Grant denied(Reason reason, String sentence) {
    return new Grant.Denied(ProviderFailure.of(reason, sentence));
  }

  /** Credentials hide what they are when they are printed. */
  private record Key(ConnectionId connection, Credentials credentials) {}
}
