package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.sync.SyncRequests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Claimed requests and their answers in PostgreSQL. */
final class PostgresSyncRequests implements SyncRequests {
  private final JdbcClient jdbc;
  private final RequestClaims claims;

  PostgresSyncRequests(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.claims = new RequestClaims(jdbc);
  }

  @Override
  public List<Claim> claim(List<Request> requests) {
    return claims.claim(requests);
  }

  @Override
  public Set<Lease> lockHeld(Collection<Lease> leases) {
    return jdbc.sql(
            """
            select record.requester, record.idempotency_key, record.lease_token
              from idempotency_record as record
              join unnest((select ?::uuid[]), ?::text[], ?::uuid[]) as lease (requester, key, token)
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
    return new Lease(key(row), uuid(row, "lease_token"));
  }

  static RequestKey key(ResultSet row) throws SQLException {
    return new RequestKey(
        uuid(row, "requester"), new IdempotencyKey(row.getString("idempotency_key")));
  }

  @Override
  public void complete(Map<Lease, String> answers) {
    var leases = List.copyOf(answers.keySet());
    jdbc.sql(
            """
            update idempotency_record as record
               set answer = settled.answer
              from unnest((select ?::uuid[]), ?::text[], ?::uuid[], ?::text[])
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

  static Object requesters(Collection<Lease> leases) {
    return array("uuid", leases, lease -> lease.requestKey().requester());
  }

  static Object keys(Collection<Lease> leases) {
    return array("text", leases, lease -> lease.requestKey().key().value());
  }

  private static Object tokens(Collection<Lease> leases) {
    return array("uuid", leases, Lease::token);
  }
}
