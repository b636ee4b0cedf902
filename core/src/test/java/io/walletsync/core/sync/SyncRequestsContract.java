package io.walletsync.core.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.sync.SyncRequests.Claim;
import io.walletsync.core.sync.SyncRequests.Lease;
import io.walletsync.core.sync.SyncRequests.Request;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of {@link SyncRequests} keeps: of all attempts at a request one at a time has
 * the right to answer it, and what it answered is what everybody hears.
 */
public interface SyncRequestsContract {
  Duration LONG = Duration.ofHours(1);
  Duration SHORT = Duration.ofMillis(1);
  String ODD_ANSWER =
      "{\"text\":\"Ẽkó 💰 \\\"quoted\\\" \\u0000 \\\\ 'x' ? :name $1\",\n\t \"n\": 1.10}\r\n ";

  Transactions transactions();

  SyncRequests syncRequests();

  /** The internal id of an API key; to be overridden where such a key must exist. */
  default UUID requester() {
    return UUID.randomUUID();
  }

  @Test
  default void aFreshKeyIsClaimed() {
    var request = request();

    var claim = claim(request);

    assertThat(claim).isInstanceOf(Claim.Claimed.class);
    var claimed = (Claim.Claimed) claim;
    assertThat(lease(claimed).requestKey().requester()).isEqualTo(request.requester());
    assertThat(lease(claimed).requestKey().key()).isEqualTo(request.key());
    assertThat(claimed.startedAt()).isEqualTo(claimed.startedAt().truncatedTo(ChronoUnit.MICROS));
  }

  @Test
  default void startsNeverGoBack() {
    var first = (Claim.Claimed) claim(request());
    var second = (Claim.Claimed) claim(request());

    assertThat(second.startedAt()).isAfterOrEqualTo(first.startedAt());
  }

  @Test
  default void withoutAKeyThereIsNoLease() {
    var claim = claim(withKey(request(), null));

    assertThat(claim)
        .isInstanceOfSatisfying(
            Claim.Claimed.class, claimed -> assertThat(claimed.lease()).isNull());
  }

  @Test
  default void withoutAKeyEveryAttemptIsOnItsOwn() {
    var request = withKey(request(), null);

    assertThat(claim(request)).isInstanceOf(Claim.Claimed.class);
    assertThat(claim(withNonce(request, nonce()))).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  default void aKeyInUseIsInFlightForTheRestOfItsLease() {
    var request = request();
    claim(request);

    assertThat(claim(withNonce(request, nonce())))
        .isInstanceOfSatisfying(
            Claim.InFlight.class,
            inFlight ->
                assertThat(inFlight.leaseRemaining())
                    .isPositive()
                    .isLessThanOrEqualTo(LONG)
                    .isGreaterThan(LONG.minusMinutes(5)));
  }

  @Test
  default void anAnsweredKeyIsAnsweredTheSameToTheLastCharacter() {
    var request = request();
    complete(claimed(request), ODD_ANSWER);

    assertThat(claim(withNonce(request, nonce()))).isEqualTo(new Claim.Answered(ODD_ANSWER));
    assertThat(claim(withNonce(request, nonce()))).isEqualTo(new Claim.Answered(ODD_ANSWER));
  }

  @Test
  default void aKeyOfAnotherRequestIsRefusedWhileInFlightAndAfterwards() {
    var request = request();
    var other = withFingerprint(request, "another fingerprint");
    var lease = claimed(request);

    assertThat(claim(withNonce(other, nonce()))).isEqualTo(new Claim.KeyReused());
    complete(lease, "answer");
    assertThat(claim(withNonce(other, nonce()))).isEqualTo(new Claim.KeyReused());
    assertThat(claim(withNonce(request, nonce()))).isEqualTo(new Claim.Answered("answer"));
  }

  @Test
  default void anotherRequestersKeyIsAnotherKey() {
    var mine = request();
    var theirs =
        new Request(requester(), mine.key(), "theirs", nonce(), mine.leaseFor(), mine.keepFor());
    complete(claimed(mine), "mine");

    assertThat(claim(theirs)).isInstanceOf(Claim.Claimed.class);
    assertThat(claim(withNonce(mine, nonce()))).isEqualTo(new Claim.Answered("mine"));
  }

  @Test
  default void eachOfManyRequestsGetsItsOwnClaim() {
    var answered = request();
    complete(claimed(answered), "answer");
    var inFlight = request();
    claimed(inFlight);
    var burned = withKey(request(), null);
    claim(burned);
    var fresh = request();

    var claims =
        transactions()
            .inTransaction(
                () ->
                    syncRequests()
                        .claim(
                            List.of(
                                withNonce(answered, nonce()),
                                fresh,
                                burned,
                                withNonce(inFlight, nonce()),
                                withNonce(withFingerprint(answered, "another"), nonce()))));

    assertThat(claims.get(0)).isEqualTo(new Claim.Answered("answer"));
    assertThat(claims.get(1))
        .isInstanceOfSatisfying(
            Claim.Claimed.class,
            claimed -> assertThat(lease(claimed).requestKey().key()).isEqualTo(fresh.key()));
    assertThat(claims.get(2)).isEqualTo(new Claim.NonceReused());
    assertThat(claims.get(3)).isInstanceOf(Claim.InFlight.class);
    assertThat(claims.get(4)).isEqualTo(new Claim.KeyReused());
    assertThat(claims).hasSize(5);
  }

  @Test
  default void ofTwoInOneListTheEarlierOneComesFirst() {
    var first = request();
    var sameKey = withNonce(first, nonce());
    var sameNonce = withKey(first, new IdempotencyKey("another-key"));
    var keyAgain = withNonce(withFingerprint(first, "another"), nonce());

    var claims =
        transactions()
            .inTransaction(
                () -> syncRequests().claim(List.of(first, sameKey, sameNonce, keyAgain)));

    assertThat(claims.get(0)).isInstanceOf(Claim.Claimed.class);
    assertThat(claims.get(1)).isInstanceOf(Claim.InFlight.class);
    assertThat(claims.get(2)).isEqualTo(new Claim.NonceReused());
    assertThat(claims.get(3)).isEqualTo(new Claim.KeyReused());
    assertThat(claim(withNonce(sameNonce, nonce()))).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  default void listsOfTheSameKeysFromManySidesGiveEachKeyToOne() {
    var requests = IntStream.range(0, 40).mapToObj(_ -> request()).toList();

    var claims =
        Concurrently.call(
            8,
            side ->
                transactions()
                    .inTransaction(
                        () -> {
                          var mine = new ArrayList<>(requests);
                          Collections.rotate(mine, side * 5);
                          return syncRequests()
                              .claim(mine.stream().map(r -> withNonce(r, nonce())).toList());
                        }));

    assertThat(claims.stream().flatMap(List::stream).filter(Claim.Claimed.class::isInstance))
        .hasSize(requests.size());
  }

  @Test
  default void keysDifferByCase() {
    var request = withKey(request(), new IdempotencyKey("key-A"));
    claim(request);

    assertThat(claim(withNonce(withKey(request, new IdempotencyKey("key-a")), nonce())))
        .isInstanceOf(Claim.Claimed.class);
  }

  @Test
  default void aReusedNonceClaimsNothing() {
    var first = withKey(request(), null);
    claim(first);
    var sameNonce = withKey(first, key());

    assertThat(claim(sameNonce)).isEqualTo(new Claim.NonceReused());

    assertThat(claim(withNonce(sameNonce, nonce()))).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  default void aNonceWorksOnceWhateverTheAttemptCameTo() {
    var request = request();
    var lease = claimed(request);
    var inFlight = withNonce(request, nonce());
    claim(inFlight);
    var keyReused = withFingerprint(withNonce(request, nonce()), "another fingerprint");
    claim(keyReused);
    complete(lease, "answer");
    var answered = withNonce(request, nonce());
    claim(answered);

    for (var used : List.of(request, inFlight, keyReused, answered)) {
      assertThat(claim(used)).isEqualTo(new Claim.NonceReused());
    }
  }

  @Test
  default void anotherRequestersNonceIsAnotherNonce() {
    var mine = request();
    claim(mine);

    var theirs =
        new Request(
            requester(), key(), mine.fingerprint(), mine.nonce(), mine.leaseFor(), mine.keepFor());

    assertThat(claim(theirs)).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  default void withoutANonceNothingIsBurned() {
    var request = withNonce(request(), null);
    complete(claimed(request), "answer");

    assertThat(claim(request)).isEqualTo(new Claim.Answered("answer"));
  }

  @Test
  default void aRolledBackClaimBurnsNeitherNonceNorKey() {
    var request = request();
    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          syncRequests().claim(request);
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(claim(request)).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  default void ofManyWhoClaimAKeyOneGetsIt() {
    var request = request();

    var claims = Concurrently.call(16, _ -> claim(withNonce(request, nonce())));

    assertThat(claims).filteredOn(Claim.Claimed.class::isInstance).hasSize(1);
    assertThat(claims).filteredOn(Claim.InFlight.class::isInstance).hasSize(15);
  }

  @Test
  default void ofManyWhoUseANonceOneMay() {
    var request = withKey(request(), null);

    var claims = Concurrently.call(16, _ -> claim(request));

    assertThat(claims).filteredOn(Claim.Claimed.class::isInstance).hasSize(1);
    assertThat(claims).filteredOn(Claim.NonceReused.class::isInstance).hasSize(15);
  }

  @Test
  default void aClaimHoldsUntilItIsAnswered() {
    var lease = claimed(request());

    assertThat(held(lease)).containsExactly(lease);
    complete(lease, "answer");
    assertThat(held(lease)).isEmpty();
  }

  @Test
  default void aLeaseThatNobodyGaveHoldsNothing() {
    var lease = claimed(request());
    var forged = new Lease(lease.requestKey(), UUID.randomUUID());
    var unknown = new Lease(new RequestKey(requester(), key()), UUID.randomUUID());

    assertThat(held(lease, forged, unknown)).containsExactly(lease);
    assertThat(held()).isEmpty();
  }

  @Test
  default void aClaimWhoseLeaseEndedIsTakenOverAndTheOldOneIsFenced() {
    var request = request();
    var old = claimed(leasedFor(request, SHORT));

    var taker = claimAsSoonAsPossible(request);

    assertThat(taker.requestKey()).isEqualTo(old.requestKey());
    assertThat(taker).isNotEqualTo(old);
    assertThat(held(old, taker)).containsExactly(taker);
    complete(taker, "the taker's answer");
    assertThat(held(old)).isEmpty();
    assertThat(claim(withNonce(request, nonce())))
        .isEqualTo(new Claim.Answered("the taker's answer"));
  }

  @Test
  default void aLateClaimThatNobodyTookOverStillHolds() {
    var request = leasedFor(request(), SHORT);
    var lease = claimed(request);
    LockSupport.parkNanos(SHORT.multipliedBy(3).toNanos());

    assertThat(held(lease)).containsExactly(lease);
    complete(lease, "late, but nobody else was there");
    assertThat(claim(withNonce(request, nonce())))
        .isEqualTo(new Claim.Answered("late, but nobody else was there"));
  }

  @Test
  default void aTakeoverIsForTheSameRequestOnly() {
    var request = request();
    claimed(leasedFor(request, SHORT));
    LockSupport.parkNanos(SHORT.multipliedBy(3).toNanos());

    assertThat(claim(withFingerprint(withNonce(request, nonce()), "another fingerprint")))
        .isEqualTo(new Claim.KeyReused());
  }

  @Test
  default void ofManyWhoTakeOverOneGetsIt() {
    var request = request();
    claimed(leasedFor(request, SHORT));
    LockSupport.parkNanos(SHORT.multipliedBy(5).toNanos());

    var claims = Concurrently.call(16, _ -> claim(withNonce(request, nonce())));

    assertThat(claims).filteredOn(Claim.Claimed.class::isInstance).hasSize(1);
    assertThat(claims).filteredOn(Claim.InFlight.class::isInstance).hasSize(15);
  }

  @Test
  default void ofManyWhoAnswerWithOneLeaseOneMay() {
    var request = request();
    var lease = claimed(request);

    var answered =
        Concurrently.call(
            8,
            number ->
                transactions()
                    .inTransaction(
                        () -> {
                          var held = syncRequests().lockHeld(List.of(lease)).contains(lease);
                          if (held) {
                            syncRequests().complete(Map.of(lease, "answer " + number));
                          }
                          return held;
                        }));

    assertThat(answered).containsOnlyOnce(true);
    assertThat(claim(withNonce(request, nonce())))
        .isEqualTo(new Claim.Answered("answer " + answered.indexOf(true)));
  }

  @Test
  default void answersOfABatchGoToTheirOwnRequests() {
    var first = request();
    var second = request();
    var third = request();
    var leases = List.of(claimed(first), claimed(second), claimed(third));

    transactions()
        .inTransaction(
            () -> {
              var held = syncRequests().lockHeld(leases);
              syncRequests().complete(Map.of(leases.get(0), "one", leases.get(1), "two"));
              return held;
            });

    assertThat(claim(withNonce(first, nonce()))).isEqualTo(new Claim.Answered("one"));
    assertThat(claim(withNonce(second, nonce()))).isEqualTo(new Claim.Answered("two"));
    assertThat(claim(withNonce(third, nonce()))).isInstanceOf(Claim.InFlight.class);
  }

  @Test
  default void aRolledBackAnswerWasNeverGiven() {
    var request = request();
    var lease = claimed(request);
    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          syncRequests().lockHeld(List.of(lease));
                          syncRequests().complete(Map.of(lease, "undone"));
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(held(lease)).containsExactly(lease);
    assertThat(claim(withNonce(request, nonce()))).isInstanceOf(Claim.InFlight.class);
  }

  @Test
  default void aReleasedKeyIsFreeAtOnce() {
    var request = request();
    var lease = claimed(request);

    release(lease);

    assertThat(held(lease)).isEmpty();
    assertThat(claim(withFingerprint(withNonce(request, nonce()), "even for another request")))
        .isInstanceOf(Claim.Claimed.class);
    assertThat(claim(request)).isEqualTo(new Claim.NonceReused());
  }

  @Test
  default void releasingAnAnsweredRequestChangesNothing() {
    var request = request();
    var lease = claimed(request);
    complete(lease, "answer");

    release(lease);

    assertThat(claim(withNonce(request, nonce()))).isEqualTo(new Claim.Answered("answer"));
  }

  @Test
  default void whoeverWasTakenOverCannotReleaseTheTakersClaim() {
    var request = request();
    var old = claimed(leasedFor(request, SHORT));
    var taker = claimAsSoonAsPossible(request);

    release(old);

    assertThat(held(taker)).containsExactly(taker);
    assertThat(claim(withNonce(request, nonce()))).isInstanceOf(Claim.InFlight.class);
  }

  @Test
  default void anExpiredAnswerIsForgottenAndItsKeyCanBeClaimedAnew() {
    var request = request();
    complete(claimed(keptFor(request, SHORT)), "forgotten");

    var anew = claimAsSoonAsPossible(withFingerprint(request, "even for another request"));
    complete(anew, "new");

    assertThat(claim(withFingerprint(withNonce(request, nonce()), "even for another request")))
        .isEqualTo(new Claim.Answered("new"));
  }

  @Test
  default void anExpiredClaimIsForgottenToo() {
    var request = request();
    var old = claimed(keptFor(request, SHORT));

    var anew = claimAsSoonAsPossible(request);

    assertThat(held(old, anew)).containsExactly(anew);
  }

  @Test
  default void forgettingLeavesNothingOfWhatExpired() {
    var request = request();
    var old = claimed(keptFor(request, SHORT));
    LockSupport.parkNanos(SHORT.multipliedBy(5).toNanos());

    syncRequests().forgetExpired(10_000);

    assertThat(held(old)).isEmpty();
    assertThat(claim(withNonce(request, nonce()))).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  default void forgetsNoMoreAtOnceThanAskedFor() {
    syncRequests().forgetExpired(10_000);
    for (var i = 0; i < 3; i++) {
      claimed(keptFor(request(), SHORT));
    }
    LockSupport.parkNanos(SHORT.multipliedBy(5).toNanos());

    assertThat(syncRequests().forgetExpired(2)).isEqualTo(2);
    assertThat(syncRequests().forgetExpired(2)).isEqualTo(1);
    assertThat(syncRequests().forgetExpired(2)).isZero();
  }

  @Test
  default void forgettingTouchesNothingThatStillCounts() {
    var answered = request();
    complete(claimed(answered), "answer");
    var inFlight = request();
    var lease = claimed(inFlight);

    syncRequests().forgetExpired(10_000);

    assertThat(claim(withNonce(answered, nonce()))).isEqualTo(new Claim.Answered("answer"));
    assertThat(held(lease)).containsExactly(lease);
    assertThat(claim(withNonce(inFlight, nonce()))).isInstanceOf(Claim.InFlight.class);
    assertThat(claim(answered)).isEqualTo(new Claim.NonceReused());
  }

  private Claim claim(Request request) {
    return transactions().inTransaction(() -> syncRequests().claim(request));
  }

  private Lease claimed(Request request) {
    return lease((Claim.Claimed) claim(request));
  }

  /** Tries with new nonces until the claim before has ended. */
  private Lease claimAsSoonAsPossible(Request request) {
    for (var i = 0; i < 5_000; i++) {
      if (claim(withNonce(request, nonce())) instanceof Claim.Claimed claimed) {
        return lease(claimed);
      }
      LockSupport.parkNanos(SHORT.toNanos());
    }
    throw new AssertionError("the claim never ended");
  }

  private Set<Lease> held(Lease... leases) {
    return transactions().inTransaction(() -> syncRequests().lockHeld(List.of(leases)));
  }

  private void complete(Lease lease, String answer) {
    transactions()
        .inTransaction(
            () -> {
              assertThat(syncRequests().lockHeld(List.of(lease))).containsExactly(lease);
              syncRequests().complete(Map.of(lease, answer));
              return lease;
            });
  }

  private void release(Lease lease) {
    transactions()
        .inTransaction(
            () -> {
              syncRequests().release(lease);
              return lease;
            });
  }

  private Request request() {
    return new Request(requester(), key(), "fingerprint", nonce(), LONG, LONG.multipliedBy(2));
  }

  private static Lease lease(Claim.Claimed claimed) {
    return Objects.requireNonNull(claimed.lease());
  }

  private static IdempotencyKey key() {
    return new IdempotencyKey("key-" + UUID.randomUUID());
  }

  private static String nonce() {
    return "nonce-" + UUID.randomUUID();
  }

  private static Request withKey(Request r, @Nullable IdempotencyKey key) {
    return new Request(r.requester(), key, r.fingerprint(), r.nonce(), r.leaseFor(), r.keepFor());
  }

  private static Request withNonce(Request r, @Nullable String nonce) {
    return new Request(r.requester(), r.key(), r.fingerprint(), nonce, r.leaseFor(), r.keepFor());
  }

  private static Request withFingerprint(Request r, String fingerprint) {
    return new Request(r.requester(), r.key(), fingerprint, r.nonce(), r.leaseFor(), r.keepFor());
  }

  private static Request leasedFor(Request r, Duration lease) {
    return new Request(r.requester(), r.key(), r.fingerprint(), r.nonce(), lease, r.keepFor());
  }

  private static Request keptFor(Request r, Duration keep) {
    return new Request(r.requester(), r.key(), r.fingerprint(), r.nonce(), r.leaseFor(), keep);
  }
}
