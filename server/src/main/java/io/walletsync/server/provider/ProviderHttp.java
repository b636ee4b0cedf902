package io.walletsync.server.provider;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connection;
import io.walletsync.server.net.RetryAfter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/**
 * Calls a provider. Every call ends by its deadline, once the host is found, and whatever goes
 * wrong on the way is a typed failure whose words are ours: nothing the provider wrote is repeated.
 */
public final class ProviderHttp implements ProviderCalls, AutoCloseable {
  private static final int LARGEST_BODY = 1 << 20;

  private final InstantSource clock;
  private final CloseableHttpClient client = BlockingClient.make();
  private final ScheduledThreadPoolExecutor alarms =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("deadlines").factory());

  public ProviderHttp(InstantSource clock) {
    this.clock = clock;
    alarms.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Result send(Connection connection, HttpRequest request, Deadline deadline) {
    var patience = deadline.remainingNanos();
    if (patience <= 0) {
      return tooLate();
    }
    var call = BlockingClient.call(request);
    var isLate = new AtomicBoolean();
    var alarm =
        alarms.schedule(
            () -> {
              isLate.set(true);
              call.abort(); // whatever it waits for: its connection breaks
            },
            patience,
            NANOSECONDS);
    try {
      return exchange(call);
    } catch (IOException | RuntimeException e) {
      call.abort();
      return isLate.get() ? tooLate() : broken(e);
    } finally {
      alarm.cancel(false);
    }
  }

  @Override
  public void close() {
    alarms.shutdownNow();
    BlockingClient.close(client);
  }

  /** A body that is read to its end gives its connection back; any other is cut off. */
  private Result exchange(HttpUriRequestBase call) throws IOException {
    var response = client.executeOpen(null, call, null);
    var status = response.getCode();
    if (!isWorthReading(status)) {
      call.abort();
      return new Result.Failed(failure(response));
    }
    var body = body(response.getEntity());
    if (body == null) {
      call.abort();
      return failed(Reason.UNREADABLE, "The reply is too large.");
    }
    return isSuccess(status)
        ? new Result.Answer(body)
        : new Result.Refused(status, body, failure(response));
  }

  /** Null where it is larger than any reply that a provider documents. */
  private static byte @Nullable [] body(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    var body = entity.getContent().readNBytes(LARGEST_BODY + 1);
    return body.length > LARGEST_BODY ? null : body;
  }

  private ProviderFailure failure(ClassicHttpResponse response) {
    var status = response.getCode();
    return new ProviderFailure(
        reason(status), "The provider answered with status " + status + ".", retryAfter(response));
  }

  private @Nullable Duration retryAfter(ClassicHttpResponse response) {
    var status = response.getCode();
    var header = response.getFirstHeader("Retry-After");
    return header != null && (status == 429 || status == 503)
        ? RetryAfter.in(header.getValue(), clock.instant())
        : null;
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

  private static Result broken(Exception cause) {
    if (Thread.currentThread().isInterrupted()) {
      return failed(Reason.UNREACHABLE, "The call to the provider was interrupted.");
    }
    return switch (cause) {
      case ClientProtocolException _, MessageConstraintException _ ->
          failed(Reason.UNREADABLE, "The reply is not valid HTTP.");
      case IOException _ ->
          failed(Reason.UNREACHABLE, "The connection to the provider failed or broke.");
      // a length that is no number, say
      default -> failed(Reason.UNREADABLE, "The reply is not valid HTTP.");
    };
  }

  private static Result tooLate() {
    return failed(Reason.TIMEOUT, "The provider gave no whole reply in time.");
  }

  private static Result failed(Reason reason, String sentence) {
    return new Result.Failed(ProviderFailure.of(reason, sentence));
  }
}
