package io.walletsync.server.provider;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * A call is sent once more where the provider closed the connection before it answered a single
 * byte: it may have closed a kept connection just when the call was sent.
 */
final class OnceMore implements HttpRequestRetryStrategy {
  @Override
  public boolean retryRequest(
      HttpRequest request, IOException exception, int tried, HttpContext context) {
    return tried == 1 && exception instanceof NoHttpResponseException;
  }

  @Override
  public boolean retryRequest(HttpResponse response, int tried, HttpContext context) {
    return false;
  }

  @Override
  public TimeValue getRetryInterval(HttpResponse response, int tried, HttpContext context) {
    return TimeValue.ZERO_MILLISECONDS;
  }
}
