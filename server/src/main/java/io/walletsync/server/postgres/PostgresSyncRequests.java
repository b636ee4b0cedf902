package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.access.Nonces;
import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.sync.SyncRequests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Claims and answers in PostgreSQL. A fresh claim, nonce included, is one statement; only a key
 * that was seen before costs a second look.
 */
final class PostgresSyncRequests implements SyncRequests {
  private final JdbcClient jdbc;

  PostgresSyncRequests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Claim claim(Request request) {
    var token = UUID.randomUUID();
    var attempt =
        jdbc.sql(
                """
                with burned as (
                  insert into nonce (api_key_id, nonce, expires_at)
                  select :requester::uuid, :nonce::text,
                         clock_timestamp() + :kept * interval '1 second'
                   where :nonce::text is not null
                  on conflict do nothing
                  returning 1
                ), claimed as (
                  insert into idempotency_record (requester, idempotency_key, fingerprint,
                                                  lease_token, lease_until, created_at, expires_at)
                  select :requester::uuid, :key::text, :fingerprint, :token::uuid,
                         started + :lease * interval '1 millisecond', started,
                         started + :keep * interval '1 millisecond'
                    from (select clock_timestamp() as started) as now
                   where :key::text is not null
                     and (:nonce::text is null or exists (select 1 from burned))
                  on conflict do nothing
                  returning created_at
                )
                select :nonce::text is null or exists (select 1 from burned) as nonce_is_new,
                       exists (select 1 from claimed) as is_claimed,
                       coalesce((select created_at from claimed), clock_timestamp()) as started_at
                """)
            .param("requester", request.requester())
            .param("nonce", request.nonce())
            .param("kept", Nonces.KEPT.toSeconds())
            .param("key", request.key() == null ? null : request.key().value())
            .param("fingerprint", request.fingerprint())
            .param("token", token)
            .param("lease", request.leaseFor().toMillis())
            .param("keep", request.keepFor().toMillis())
            .query((row, _) -> attempt(row))
            .single();
    if (!attempt.nonceIsNew()) {
      return new Claim.NonceReused();
    }
    if (request.key() == null) {
      return new Claim.Claimed(attempt.startedAt(), null);
    }
    var lease = new Lease(new RequestKey(request.requester(), request.key()), token);
    return attempt.isClaimed()
        ? new Claim.Claimed(attempt.startedAt(), lease)
        : seenBefore(request, lease);
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getBoolean("nonce_is_new"), row.getBoolean("is_claimed"), instant(row, "started_at"));
  }

  private Claim seenBefore(Request request, Lease lease) {
    var record = find(lease.requestKey()).orElse(null);
    if (record != null && !record.isExpired()) {
      if (!record.fingerprint().equals(request.fingerprint())) {
        return new Claim.KeyReused();
      }
      if (record.answer() != null) {
        return new Claim.Answered(record.answer());
      }
      if (record.leaseRemaining().isPositive()) {
        return new Claim.InFlight(record.leaseRemaining());
      }
    }
    // Expired, or its worker died. If somebody else is faster, it is in flight with them; if the
    // record vanished (released, cleaned up), the caller's next attempt finds the way free.
    return takeOver(request, lease)
        .<Claim>map(startedAt -> new Claim.Claimed(startedAt, lease))
        .orElse(new Claim.InFlight(Duration.ofSeconds(1)));
  }

  private Optional<Kept> find(RequestKey key) {
    return jdbc.sql(
            """
            select fingerprint, answer, expires_at <= clock_timestamp() as is_expired,
                   ceil(extract(epoch from lease_until - clock_timestamp()) * 1000)::bigint
                     as lease_remaining
              from idempotency_record
             where requester = ? and idempotency_key = ?
            """)
        .param(key.requester())
        .param(key.key().value())
        .query(
            (row, _) ->
                new Kept(
                    row.getString("fingerprint"),
                    row.getString("answer"),
                    row.getBoolean("is_expired"),
                    Duration.ofMillis(row.getLong("lease_remaining"))))
        .optional();
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

  @Override
  public Set<Lease> lockHeld(Collection<Lease> leases) {
    return jdbc.sql(
            """
            select record.requester, record.idempotency_key, record.lease_token
              from idempotency_record as record
              join unnest(?::uuid[], ?::text[], ?::uuid[]) as lease (requester, key, token)
                on record.requester = lease.requester and record.idempotency_key = lease.key
               and record.lease_token = lease.token
             where record.answer is null
             order by record.requester, record.idempotency_key
               for update of record
            """)
        .params(List.of(requesters(leases), keys(leases), tokens(leases)))
        .query((row, _) -> lease(row))
        .set();
  }

  private static Lease lease(ResultSet row) throws SQLException {
    return new Lease(
        new RequestKey(
            uuid(row, "requester"), new IdempotencyKey(row.getString("idempotency_key"))),
        uuid(row, "lease_token"));
  }

  @Override
  public void complete(Map<Lease, String> answers) {
    var leases = List.copyOf(answers.keySet());
    jdbc.sql(
            """
            update idempotency_record as record
               set answer = settled.answer
              from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[])
                as settled (requester, key, token, answer)
             where record.requester = settled.requester and record.idempotency_key = settled.key
               and record.lease_token = settled.token
            """)
        .params(
            List.of(
                requesters(leases),
                keys(leases),
                tokens(leases),
                array("text", leases, answers::get)))
        .update();
  }

  @Override
  public void release(Lease lease) {
    jdbc.sql(
            """
            delete from idempotency_record
             where requester = ? and idempotency_key = ? and lease_token = ? and answer is null
            """)
        .param(lease.requestKey().requester())
        .param(lease.requestKey().key().value())
        .param(lease.token())
        .update();
  }

  @Override
  public int forgetExpired(int atMost) {
    // a stable time, so that the index ends the search; by ctid, so that nothing is searched twice
    return jdbc.sql(
            """
            delete from idempotency_record
             where ctid = any (array(
               select ctid from idempotency_record
                where expires_at <= statement_timestamp()
                order by expires_at
                limit :batch
                  for update skip locked))
            """)
        .param("batch", atMost)
        .update();
  }

  private static Object requesters(Collection<Lease> leases) {
    return array("uuid", leases, lease -> lease.requestKey().requester());
  }

  private static Object keys(Collection<Lease> leases) {
    return array("text", leases, lease -> lease.requestKey().key().value());
  }

  private static Object tokens(Collection<Lease> leases) {
    return array("uuid", leases, Lease::token);
  }

  private record Attempt(boolean nonceIsNew, boolean isClaimed, Instant startedAt) {}

  private record Kept(
      String fingerprint, @Nullable String answer, boolean isExpired, Duration leaseRemaining) {}
}
