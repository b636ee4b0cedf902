package io.walletsync.server.provider.flutterwave.v4;

import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Environment;
import io.walletsync.server.provider.Deadline;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.ProviderCalls.Result;
import io.walletsync.server.provider.UnreadableReply;
import java.net.URI;
import java.net.http.HttpRequest;

/**
 * Calls of API v4 with an access token. A token that is refused in the middle has ended early, so
 * the call is repeated once with another.
 */
record V4Calls(ProviderCalls calls, FlutterwaveV4Tokens tokens, Hosts hosts) {
  /** Where live and sandbox are, both without a slash at the end. */
  record Hosts(String live, String sandbox) {
    String of(OpenConnection connection) {
      return connection.connection().environment() == Environment.SANDBOX ? sandbox : live;
    }
  }

  Result get(OpenConnection connection, String target, Deadline end) {
    return switch (tokens.get(connection, end)) {
      case Grant.Denied(var failure) -> new Result.Failed(failure);
      case Grant.Token token -> {
        var result = send(connection, target, token, end);
        yield isUnauthorized(result)
            ? again(connection, target, tokens.getInsteadOf(token, connection, end), end)
            : result;
      }
    };
  }

  private Result again(OpenConnection connection, String target, Grant grant, Deadline end) {
    return switch (grant) {
      case Grant.Denied(var failure) -> new Result.Failed(failure);
      case Grant.Token token -> send(connection, target, token, end);
    };
  }

  private Result send(OpenConnection connection, String target, Grant.Token token, Deadline end) {
    var request =
        HttpRequest.newBuilder(URI.create(hosts.of(connection) + target))
            .header("Authorization", "Bearer " + token.value())
            .header("Accept", "application/json")
            .build();
    return calls.send(connection.connection(), request, end);
  }

  private static boolean isUnauthorized(Result result) {
    return switch (result) {
      case Result.Failed(var failure) -> isUnauthorized(failure);
      case Result.Refused(_, var body, var failure) -> isUnauthorized(told(body, failure));
      case Result.Answer(var body) ->
          isUnauthorized(told(body, ProviderFailure.of(Reason.REJECTED, "")));
    };
  }

  private static boolean isUnauthorized(ProviderFailure failure) {
    return failure.reason() == Reason.UNAUTHORIZED;
  }

  /** What the body says, or what is known without it. */
  private static ProviderFailure told(byte[] body, ProviderFailure otherwise) {
    try {
      return Envelope.open(body) instanceof Envelope.No no ? no.failure(otherwise) : otherwise;
    } catch (UnreadableReply e) {
      return otherwise;
    }
  }
}
