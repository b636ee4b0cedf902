package io.walletsync.server.webhook;

import io.walletsync.core.channel.Reply;
import io.walletsync.core.channel.Reply.Result;
import io.walletsync.core.channel.TargetRules;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.server.net.RetryAfter;
import io.walletsync.server.net.Snippet;
import io.walletsync.server.webhook.CheckedResolver.ForbiddenAddress;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to addresses that users chose. Each call ends by its deadline, the look-up of the name
 * included, and nothing a receiver says but a short beginning leaves this class.
 */
final class HookCalls implements AutoCloseable {
  private static final int MOST_READ = 16 * 1024;

  private final TargetRules rules;
  private final Duration deadline;
  private final InstantSource clock;
  private final CheckedResolver resolver;
  private final CloseableHttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  HookCalls(TargetRules rules, DnsResolver names, Duration deadline, InstantSource clock) {
    this.rules = rules;
    this.deadline = deadline;
    this.clock = clock;
    this.resolver = new CheckedResolver(names, rules.isDevelopment());
    this.client = HookClient.make(resolver, deadline);
  }

  Reply post(String url, Map<String, String> headers, String json) {
    try {
      rules.check(url); // settings may have changed since it was given
    } catch (InvalidValue _) {
      return Reply.of(Result.FORBIDDEN_ADDRESS);
    }
    var call = new HttpPost(URI.create(url));
    headers.forEach(call::setHeader);
    call.setEntity(
        new ByteArrayEntity(json.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
    var exchange = threads.submit(() -> exchange(call));
    try {
      return exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      call.abort(); // whatever it waits for: its connection breaks
      exchange.cancel(true);
      return Reply.of(Result.TIMEOUT);
    } catch (InterruptedException _) {
      call.abort();
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return Reply.of(Result.UNREACHABLE);
    } catch (ExecutionException e) {
      call.abort();
      return Reply.of(result(e.getCause()));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
    resolver.close();
  }

  /** A short answer that is read to its end gives its connection back; any other is cut off. */
  private Reply exchange(HttpPost call) throws IOException {
    var response = client.executeOpen(null, call, null);
    var entity = response.getEntity();
    var said = entity == null ? new byte[0] : entity.getContent().readNBytes(MOST_READ + 1);
    if (said.length > MOST_READ) {
      call.abort();
    }
    var status = response.getCode();
    return new Reply(result(status), status, Snippet.of(said), retryAfter(response));
  }

  private @Nullable Duration retryAfter(ClassicHttpResponse response) {
    var header = response.getFirstHeader("Retry-After");
    return header != null && result(response.getCode()) == Result.BUSY
        ? RetryAfter.in(header.getValue(), clock.instant())
        : null;
  }

  private static Result result(int status) {
    return switch (status) {
      case 410 -> Result.GONE;
      case 429, 502, 503, 504 -> Result.BUSY;
      default ->
          switch (status / 100) {
            case 2 -> Result.TAKEN;
            case 3 -> Result.REDIRECTED;
            default -> Result.REFUSED;
          };
    };
  }

  private static Result result(@Nullable Throwable cause) {
    return switch (cause) {
      case ForbiddenAddress _ -> Result.FORBIDDEN_ADDRESS;
      case UnknownHostException _ -> Result.UNKNOWN_HOST;
      case ClientProtocolException _, MessageConstraintException _ -> Result.UNREADABLE;
      case IOException e when e.getCause() instanceof HttpException -> Result.UNREADABLE;
      case IOException _ -> Result.UNREACHABLE;
      case null, default -> Result.UNREADABLE; // a length that is no number, say
    };
  }
}
