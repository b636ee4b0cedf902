package io.walletsync.server.provider;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connection;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls a provider. Every call ends by its deadline, the body included, and whatever goes wrong on
 * the way is a typed failure whose words are ours: nothing the provider wrote is repeated.
 */
public final class ProviderHttp implements ProviderCalls, AutoCloseable {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST_BODY = 1 << 20;

  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;

  public ProviderHttp(InstantSource clock) {
    this.clock = clock;
    client =
        HttpClient.newBuilder()
            .executor(threads)
            .version(HttpClient.Version.HTTP_1_1)
            // a redirect would carry the secret to a place nobody configured
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_PATIENCE)
            .build();
  }

  @Override
  public Result send(Connection connection, HttpRequest request, Deadline deadline) {
    if (deadline.remainingNanos() <= 0) {
      return tooLate();
    }
    var exchange =
        client.sendAsync(
            request,
            head ->
                isWorthReading(head.statusCode())
                    ? new BodyReader(LARGEST_BODY)
                    : new UnreadBody());
    try {
      return result(exchange.get(deadline.remainingNanos(), NANOSECONDS));
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return tooLate();
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return failed(Reason.UNREACHABLE, "The call to the provider was interrupted.");
    } catch (ExecutionException e) {
      return broken(e.getCause());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.close();
  }

  private Result result(HttpResponse<byte[]> response) {
    var status = response.statusCode();
    if (isSuccess(status)) {
      return new Result.Answer(response.body());
    }
    var sentence = "The provider answered with status " + status + ".";
    var failure =
        new ProviderFailure(reason(status), sentence, retryAfter(status, response.headers()));
    return isWorthReading(status)
        ? new Result.Refused(status, response.body(), failure)
        : new Result.Failed(failure);
  }

  private @Nullable Duration retryAfter(int status, HttpHeaders headers) {
    return status == 429 || status == 503 ? RetryAfter.in(headers, clock.instant()) : null;
  }

  /** Where the fault is the provider's, or it wants peace, the text beside it decides nothing. */
  private static boolean isWorthReading(int status) {
    return isSuccess(status) || (status / 100 == 4 && status != 429);
  }

  private static boolean isSuccess(int status) {
    return status / 100 == 2;
  }

  private static Reason reason(int status) {
    return switch (status) {
      case 401 -> Reason.UNAUTHORIZED;
      case 403 -> Reason.FORBIDDEN;
      case 429 -> Reason.RATE_LIMITED;
      default ->
          switch (status / 100) {
            case 4 -> Reason.REJECTED;
            case 5 -> Reason.UNAVAILABLE;
            default -> Reason.UNREADABLE;
          };
    };
  }

  private static Result broken(@Nullable Throwable cause) {
    return switch (cause) {
      case BodyReader.TooLarge _ -> failed(Reason.UNREADABLE, "The reply is too large.");
      case ProtocolException _ -> failed(Reason.UNREADABLE, "The reply is not valid HTTP.");
      case IOException _ ->
          failed(Reason.UNREACHABLE, "The connection to the provider failed or broke.");
      case Error error -> throw error;
      // the JDK's client answers some malformed headers with a runtime exception
      case null, default -> failed(Reason.UNREADABLE, "The reply is not valid HTTP.");
    };
  }

  private static Result tooLate() {
    return failed(Reason.TIMEOUT, "The provider gave no whole reply in time.");
  }

  private static Result failed(Reason reason, String sentence) {
    return new Result.Failed(ProviderFailure.of(reason, sentence));
  }
}
