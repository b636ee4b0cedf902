package io.walletsync.server.openapi;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.ApiDescription;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that holds everything it sends and gets against the description, and remembers which of
 * the documented answers it saw.
 */
record DescribedClient(ApiClient client, ApiDescription description, Set<String> seen) {
  DescribedClient as(ApiClient other) {
    return new DescribedClient(other, description, seen);
  }

  Answer get(String target) {
    return call("GET", target, null);
  }

  Answer call(String method, String target, @Nullable String body) {
    return call(method, target, null, Map.of(), body);
  }

  Answer call(
      String method,
      String target,
      @Nullable String idempotencyKey,
      Map<String, String> headers,
      @Nullable String body) {
    return saw(method, target, body, client.send(method, target, idempotencyKey, headers, body));
  }

  /** Takes note of an answer that was got in another way. */
  Answer saw(String method, String target, @Nullable String body, Answer answer) {
    var path = target.replaceFirst("[?].*", "");
    description.checkAnswer(method, path, answer);
    var operation = description.find(method, path);
    if (operation != null) {
      seen.add(operation.name() + " " + answer.status());
      if (body != null && answer.status() < 300) {
        description.checkRequest(operation, body);
      }
    }
    return answer;
  }
}
