package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.PostgresSyncRequests.key;
import static io.walletsync.server.postgres.PostgresSyncRequests.keys;
import static io.walletsync.server.postgres.PostgresSyncRequests.requesters;

import io.walletsync.core.access.Nonces;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.sync.SyncRequests.Claim;
import io.walletsync.core.sync.SyncRequests.Lease;
import io.walletsync.core.sync.SyncRequests.Request;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Claims many requests at once. Fresh ones, nonces included, are one statement; only keys that were
 * seen before cost a second look.
 */
final class RequestClaims {
  private final JdbcClient jdbc;

  RequestClaims(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Claim> claim(List<Request> requests) {
    var wishes =
        IntStream.range(0, requests.size())
            .mapToObj(place -> new Wish(place, requests.get(place), UUID.randomUUID()))
            .toList();
    var claims = new LinkedHashMap<Integer, Claim>();
    for (var left = wishes; !left.isEmpty(); ) {
      var round = round(left);
      claims.putAll(claimRound(round));
      left = left.stream().filter(wish -> !claims.containsKey(wish.place())).toList();
    }
    return wishes.stream().map(wish -> Objects.requireNonNull(claims.get(wish.place()))).toList();
  }

  /** Those of which no two claim one key or burn one nonce: of such two the first comes first. */
  private static List<Wish> round(List<Wish> left) {
    var taken = new HashSet<Object>();
    var round = new ArrayList<Wish>();
    for (var wish : left) {
      if (wish.marks().stream().noneMatch(taken::contains)) {
        round.add(wish);
      }
      taken.addAll(wish.marks());
    }
    return round;
  }

  private Map<Integer, Claim> claimRound(List<Wish> round) {
    var claims = new LinkedHashMap<Integer, Claim>();
    var seenBefore = new ArrayList<Wish>();
    var attempts = attempt(round);
    for (var wish : round) {
      var attempt = Objects.requireNonNull(attempts.get(wish.place()), "every place is answered");
      if (!attempt.nonceIsNew()) {
        claims.put(wish.place(), new Claim.NonceReused());
      } else if (wish.request().key() == null) {
        claims.put(wish.place(), new Claim.Claimed(attempt.startedAt(), null));
      } else if (attempt.isClaimed()) {
        claims.put(wish.place(), new Claim.Claimed(attempt.startedAt(), wish.lease()));
      } else {
        seenBefore.add(wish);
      }
    }
    if (!seenBefore.isEmpty()) {
      var kept = find(seenBefore.stream().map(Wish::lease).toList());
      seenBefore.forEach(
          wish -> claims.put(wish.place(), seenBefore(wish, kept.get(wish.lease().requestKey()))));
    }
    return claims;
  }

  /** In the order of nonces, and of keys: no two nodes wait for each other. */
  private Map<Integer, Attempt> attempt(List<Wish> round) {
    return jdbc
        .sql(
            """
            with wanted as materialized (
              select wanted.*, started
                from (select clock_timestamp() as started) as now,
                     unnest((select ?::integer[]), ?::uuid[], ?::text[], ?::text[], ?::text[],
                            ?::uuid[], ?::bigint[], ?::bigint[])
                       as wanted (place, requester, nonce, key, fingerprint, token, lease, keep)
            ), burned as (
              insert into nonce (api_key_id, nonce, expires_at)
              select requester, nonce, started + ? * interval '1 second'
                from wanted
               where nonce is not null
               order by requester, nonce
              on conflict do nothing
              returning api_key_id, nonce
            ), admitted as (
              select wanted.*
                from wanted
                left join burned
                  on burned.api_key_id = wanted.requester and burned.nonce = wanted.nonce
               where wanted.nonce is null or burned.nonce is not null
            ), claimed as (
              insert into idempotency_record (requester, idempotency_key, fingerprint,
                                              lease_token, lease_until, created_at, expires_at)
              select requester, key, fingerprint, token,
                     started + lease * interval '1 millisecond', started,
                     started + keep * interval '1 millisecond'
                from admitted
               where key is not null
               order by requester, key
              on conflict do nothing
              returning lease_token
            )
            select wanted.place, wanted.started, admitted.place is not null as nonce_is_new,
                   claimed.lease_token is not null as is_claimed
              from wanted
              left join admitted on admitted.place = wanted.place
              left join claimed on claimed.lease_token = wanted.token
            """)
        .params(
            array("integer", round, Wish::place),
            array("uuid", round, wish -> wish.request().requester()),
            array("text", round, wish -> wish.request().nonce()),
            array("text", round, Wish::keyText),
            array("text", round, wish -> wish.request().fingerprint()),
            array("uuid", round, Wish::token),
            array("bigint", round, wish -> wish.request().leaseFor().toMillis()),
            array("bigint", round, wish -> wish.request().keepFor().toMillis()),
            Nonces.KEPT.toSeconds())
        .query((row, _) -> attempt(row))
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableMap(Attempt::place, Function.identity()));
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getInt("place"),
        row.getBoolean("nonce_is_new"),
        row.getBoolean("is_claimed"),
        instant(row, "started"));
  }

  private Claim seenBefore(Wish wish, @Nullable Kept kept) {
    if (kept != null && !kept.isExpired()) {
      if (!kept.fingerprint().equals(wish.request().fingerprint())) {
        return new Claim.KeyReused();
      }
      if (kept.answer() != null) {
        return new Claim.Answered(kept.answer());
      }
      if (kept.leaseRemaining().isPositive()) {
        return new Claim.InFlight(kept.leaseRemaining());
      }
    }
    // Expired, or its worker died. If somebody else is faster, it is in flight with them; if the
    // record vanished (released, cleaned up), the caller's next attempt finds the way free.
    return takeOver(wish.request(), wish.lease())
        .<Claim>map(startedAt -> new Claim.Claimed(startedAt, wish.lease()))
        .orElse(new Claim.InFlight(Duration.ofSeconds(1)));
  }

  private Map<RequestKey, Kept> find(List<Lease> leases) {
    return jdbc
        .sql(
            """
            select requester, idempotency_key, fingerprint, answer,
                   expires_at <= clock_timestamp() as is_expired,
                   ceil(extract(epoch from lease_until - clock_timestamp()) * 1000)::bigint
                     as lease_remaining
              from unnest((select ?::uuid[]), ?::text[]) as wanted (requester, idempotency_key)
              join idempotency_record using (requester, idempotency_key)
            """)
        .params(List.of(requesters(leases), keys(leases)))
        .query((row, _) -> Map.entry(key(row), kept(row)))
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        row.getString("fingerprint"),
        row.getString("answer"),
        row.getBoolean("is_expired"),
        Duration.ofMillis(row.getLong("lease_remaining")));
  }

  private Optional<Instant> takeOver(Request request, Lease lease) {
    return jdbc.sql(
            """
            update idempotency_record
               set fingerprint = :fingerprint, lease_token = :token, answer = null,
                   created_at = now.started,
                   lease_until = now.started + :lease * interval '1 millisecond',
                   expires_at = now.started + :keep * interval '1 millisecond'
              from (select clock_timestamp() as started) as now
             where requester = :requester and idempotency_key = :key
               and (expires_at <= now.started or (answer is null and lease_until <= now.started))
            returning created_at
            """)
        .param("fingerprint", request.fingerprint())
        .param("token", lease.token())
        .param("lease", request.leaseFor().toMillis())
        .param("keep", request.keepFor().toMillis())
        .param("requester", request.requester())
        .param("key", lease.requestKey().key().value())
        .query((row, _) -> instant(row, "created_at"))
        .optional();
  }

  /**
   * A request, where it stands among the others.
   *
   * @param token of the lease that it gets
   */
  private record Wish(int place, Request request, UUID token) {
    @Nullable String keyText() {
      return request.key() == null ? null : request.key().value();
    }

    /** Only for a request with a key. */
    Lease lease() {
      return new Lease(
          new RequestKey(request.requester(), Objects.requireNonNull(request.key())), token);
    }

    /** What no two may have in one statement. */
    List<Object> marks() {
      var marks = new ArrayList<Object>();
      if (request.key() != null) {
        marks.add(lease().requestKey());
      }
      if (request.nonce() != null) {
        marks.add(List.of(request.requester(), request.nonce()));
      }
      return marks;
    }
  }

  /** What became of the request in this place. */
  private record Attempt(int place, boolean nonceIsNew, boolean isClaimed, Instant startedAt) {}

  private record Kept(
      String fingerprint, @Nullable String answer, boolean isExpired, Duration leaseRemaining) {}
}
