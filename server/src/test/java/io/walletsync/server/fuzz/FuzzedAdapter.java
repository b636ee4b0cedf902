package io.walletsync.server.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Environment;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.server.provider.Deadline;
import io.walletsync.server.provider.ProviderCalls;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An adapter whose provider answers with the input: whatever the bytes, the adapter gives a failure
 * in our own words or balances that can be stored, and throws nothing.
 *
 * <p>The first byte says which status the first answer has, what is asked for, and whether a NUL
 * parts the rest into the bodies of two answers, such as the balances and the ledger.
 */
final class FuzzedAdapter implements Consumer<byte[]>, ProviderCalls {
  static final String BUSINESS = "60ed8883c89ea214999fa9bf";

  /** Of one holding, so that it is the wallet of the samples. */
  static final byte ONE = 0x08;

  static final byte TWO_BODIES = 0x10;
  private static final int[] STATUSES = {200, 400, 401, 403, 404, 409, 422, 451};
  private static final byte[] TOKEN =
      "{\"access_token\":\"a-token\",\"token_type\":\"Bearer\",\"expires_in\":600}".getBytes(UTF_8);
  private static final Pattern OUR_WORDS = Pattern.compile("[A-Z][\\w ,.':;-]{1,150}\\.");
  private static final Instant LATEST = Instant.parse("+10001-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BalanceProvider provider;
  private final boolean isToken;
  private final OpenConnection connection;
  private final Holding one;
  private Iterator<Result> next = Collections.emptyIterator();
  private long number;

  FuzzedAdapter(String provider, @Nullable String version, boolean isToken) {
    this.provider = Wiring.adapter(provider, version, this);
    this.isToken = isToken;
    connection = connection(provider, version, this.provider.profile().credentials().fields());
    one = new Holding(provider.equals("fincra") ? "621" : "", new CurrencyCode("NGN"));
  }

  @Override
  public void accept(byte[] input) {
    if (input.length == 0) {
      return;
    }
    next = script(input).iterator();
    var wanted = (input[0] & ONE) == 0 ? Set.<Holding>of() : Set.of(one);
    switch (provider.fetch(another(connection), wanted, PATIENCE)) {
      case Reply.Failure(var failure) -> require(OUR_WORDS.matcher(failure.detail()).matches());
      case Reply.Reading(var balances) -> balances.forEach(FuzzedAdapter::requireStorable);
    }
  }

  /** The first answer, and then the second for ever. */
  @Override
  public Result send(Connection connection, HttpRequest request, Deadline deadline) {
    var isTokenCall = request.method().equals("POST");
    if (isTokenCall != isToken) {
      return new Result.Answer(TOKEN);
    }
    return next.hasNext() ? next.next() : new Result.Answer(new byte[0]);
  }

  private static List<Result> script(byte[] input) {
    var end = input.length;
    if ((input[0] & TWO_BODIES) != 0) {
      for (end = 1; end < input.length && input[end] != 0; end++) {
        // to the NUL that parts the bodies
      }
    }
    var first = Arrays.copyOfRange(input, 1, end);
    var second = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
    return List.of(answer(STATUSES[input[0] & 7], first), new Result.Answer(second));
  }

  /** As the real calls tell them apart. */
  private static Result answer(int status, byte[] body) {
    var reason =
        switch (status) {
          case 401 -> Reason.UNAUTHORIZED;
          case 403 -> Reason.FORBIDDEN;
          default -> Reason.REJECTED;
        };
    return status == 200
        ? new Result.Answer(body)
        : new Result.Refused(
            status, body, ProviderFailure.of(reason, "The provider answered with a status."));
  }

  private static void requireStorable(AccountBalance reported) {
    var balance = reported.balance();
    requireStorable(balance.available());
    requireStorable(balance.ledger());
    requireStorable(balance.locked());
    require(reported.providerAccountId().length() <= 64);
    var externalId = reported.externalId();
    require(externalId == null || externalId.value().length() <= 20);
    var asOf = reported.asOf();
    require(
        asOf == null
            || (asOf.truncatedTo(ChronoUnit.MICROS).equals(asOf) && asOf.isBefore(LATEST)));
  }

  private static void requireStorable(@Nullable Money money) {
    require(money == null || money.toDecimalString().length() <= 39);
    require(money == null || money.currency().value().matches("[A-Za-z0-9]{3,10}"));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new AssertionError("the promise does not hold");
    }
  }

  /** For which nothing that an earlier answer brought is kept. */
  private OpenConnection another(OpenConnection like) {
    var it = like.connection();
    return new OpenConnection(
        new Connection(
            new ConnectionId(new UUID(isToken ? ++number : 1, 1)),
            it.provider(),
            it.apiVersion(),
            it.name(),
            it.environment(),
            null,
            Instant.EPOCH),
        like.credentials());
  }

  private static OpenConnection connection(
      String provider, @Nullable String version, Set<String> fields) {
    var credentials = new HashMap<String, String>();
    fields.forEach(field -> credentials.put(field, BUSINESS));
    return new OpenConnection(
        new Connection(
            new ConnectionId(new UUID(1, 1)),
            new ProviderId(provider),
            version,
            "Shop",
            Environment.LIVE,
            null,
            Instant.EPOCH),
        new Credentials(Map.copyOf(credentials)));
  }
}
