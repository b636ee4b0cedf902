package io.walletsync.cli;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands on the lines of a good answer one by one, and notices when no more will ever come. */
final class HeardLines implements BodyHandler<String>, Flow.Subscriber<String> {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Consumer<String> consumer;
  private volatile long lastHeard = System.nanoTime();
  private Flow.@Nullable Subscription lines;

  HeardLines(Consumer<String> consumer) {
    this.consumer = consumer;
  }

  @Override
  public BodySubscriber<String> apply(HttpResponse.ResponseInfo info) {
    return info.statusCode() / 100 == 2
        ? BodySubscribers.fromLineSubscriber(this, _ -> "", StandardCharsets.UTF_8, "\n")
        : BodySubscribers.ofString(StandardCharsets.UTF_8);
  }

  /** Waits until the answer has ended or nothing was heard for so long. */
  HttpResponse<String> await(CompletableFuture<HttpResponse<String>> answer, Duration silence)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return answer.get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        if (System.nanoTime() - lastHeard > silence.toNanos()) {
          answer.cancel(true);
          throw new HttpTimeoutException("nothing was heard");
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException lost ? lost : new IOException(e.getCause());
      } catch (InterruptedException e) {
        answer.cancel(true);
        throw e;
      }
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    lines = subscription;
    subscription.request(1);
  }

  @Override
  public void onNext(String line) {
    lastHeard = System.nanoTime();
    consumer.accept(line);
    if (lines != null) {
      lines.request(1);
    }
  }

  @Override
  public void onError(Throwable problem) {
    // the answer itself ends with it
  }

  @Override
  public void onComplete() {
    // as above
  }
}
