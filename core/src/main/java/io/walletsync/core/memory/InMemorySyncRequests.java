package io.walletsync.core.memory;

import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.sync.SyncRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class InMemorySyncRequests implements SyncRequests {
  private final InMemoryTransactions transactions;
  private final InstantSource clock;
  private final Table<RequestKey, Row> requests;
  private final Table<String, Instant> nonces;

  InMemorySyncRequests(InMemoryTransactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
    this.requests = transactions.table();
    this.nonces = transactions.table();
  }

  @Override
  public List<Claim> claim(List<Request> wanted) {
    return transactions.inTransaction(
        () ->
            wanted.stream()
                .map(request -> claimNow(request, Microseconds.cut(clock.instant())))
                .toList());
  }

  private Claim claimNow(Request request, Instant now) {
    if (request.nonce() != null
        && nonces.rows().putIfAbsent(request.requester() + " " + request.nonce(), now) != null) {
      return new Claim.NonceReused();
    }
    if (request.key() == null) {
      return new Claim.Claimed(now, null);
    }
    var key = new RequestKey(request.requester(), request.key());
    var existing = requests.rows().get(key);
    if (existing != null && now.isBefore(existing.expiresAt())) {
      if (!existing.fingerprint().equals(request.fingerprint())) {
        return new Claim.KeyReused();
      }
      if (existing.answer() != null) {
        return new Claim.Answered(existing.answer());
      }
      if (now.isBefore(existing.leaseUntil())) {
        return new Claim.InFlight(Duration.between(now, existing.leaseUntil()));
      }
    }
    var lease = new Lease(key, UUID.randomUUID());
    requests
        .rows()
        .put(
            key,
            new Row(
                lease.token(),
                request.fingerprint(),
                now.plus(request.leaseFor()),
                now.plus(request.keepFor()),
                null));
    return new Claim.Claimed(now, lease);
  }

  @Override
  public Set<Lease> lockHeld(Collection<Lease> leases) {
    return leases.stream().filter(this::holds).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void complete(Map<Lease, String> answers) {
    answers.forEach(
        (lease, answer) ->
            requests.rows().computeIfPresent(lease.requestKey(), (_, row) -> row.answered(answer)));
  }

  @Override
  public void release(Lease lease) {
    transactions.inTransaction(
        () ->
            holds(lease)
                ? Optional.ofNullable(requests.rows().remove(lease.requestKey()))
                : Optional.empty());
  }

  @Override
  public int forgetExpired(int atMost) {
    var now = clock.instant();
    return transactions.inTransaction(
        () ->
            requests.removeFirst(
                row -> !now.isBefore(row.expiresAt()),
                Comparator.comparing(Row::expiresAt),
                atMost));
  }

  private boolean holds(Lease lease) {
    var row = requests.rows().get(lease.requestKey());
    return row != null && row.answer() == null && row.token().equals(lease.token());
  }

  private record Row(
      UUID token,
      String fingerprint,
      Instant leaseUntil,
      Instant expiresAt,
      @Nullable String answer) {
    Row answered(String text) {
      return new Row(token, fingerprint, leaseUntil, expiresAt, text);
    }
  }
}
