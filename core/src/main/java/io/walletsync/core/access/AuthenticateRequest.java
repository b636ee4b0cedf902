package io.walletsync.core.access;

import io.walletsync.core.access.ApiKeys.Known;
import io.walletsync.core.kernel.Microseconds;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides who signed a request. The order of the checks is part of the contract: shape, key, MAC,
 * body, time, nonce; nothing that the caller claims is believed before the MAC was right.
 */
public final class AuthenticateRequest {
  /** How far a signature's time may be from ours, in either direction. */
  public static final Duration MAX_SKEW = Duration.ofMinutes(5);

  private static final int MOST_SIGNATURES = 4;
  private static final int DUMMY_BYTES = 32;

  private final ApiKeys keys;
  private final FailedAuthentications failures;
  private final InstantSource clock;

  /** An unknown key costs as much as a known one: a MAC with this. */
  private final OpaqueBytes dummy = OpaqueBytes.random(new SecureRandom(), DUMMY_BYTES);

  public AuthenticateRequest(ApiKeys keys, FailedAuthentications failures, InstantSource clock) {
    this.keys = keys;
    this.failures = failures;
    this.clock = clock;
  }

  /** What came of a request. */
  public sealed interface Outcome {
    /** The nonce is not used up yet: {@link AuthorizeCaller} or the use case itself does that. */
    record Authenticated(Caller caller) implements Outcome {}

    /**
     * The request must not be served.
     *
     * @param at our time when it was refused
     */
    record Refused(Refusal refusal, Instant at) implements Outcome {}
  }

  public Outcome authenticate(SignedRequest request) {
    var now = Microseconds.cut(clock.instant());
    if (request.signatures().isEmpty()) {
      var flaw = request.headers().containsKey("signature-input") ? Flaw.MALFORMED : Flaw.MISSING;
      return refused(flaw, request, null, null, now);
    }
    var candidates = new ArrayList<Candidate>();
    var flaw = Flaw.MALFORMED;
    for (var signature : request.signatures().stream().limit(MOST_SIGNATURES).toList()) {
      var own = SignatureProfile.flaw(request, signature);
      var base = own == null ? SignatureBase.of(request, signature) : null;
      if (base != null && signature.keyId() != null) {
        candidates.add(new Candidate(signature, signature.keyId(), base));
      } else {
        flaw = own == null ? Flaw.COMPONENT_MISSING : own;
      }
    }
    if (candidates.isEmpty()) {
      return refused(flaw, request, request.signatures().getFirst().keyId(), null, now);
    }
    return authenticate(request, candidates, now);
  }

  private Outcome authenticate(SignedRequest request, List<Candidate> candidates, Instant now) {
    for (var candidate : candidates) {
      var known = ApiKey.isKeyId(candidate.keyId) ? keys.find(candidate.keyId).orElse(null) : null;
      if (known != null) {
        return authenticate(request, candidate, known, now);
      }
    }
    var first = candidates.getFirst();
    var _ = dummy.mac(first.base).equals(first.signature.value());
    return refused(Flaw.UNKNOWN_KEY, request, first.keyId, null, now);
  }

  private Outcome authenticate(
      SignedRequest request, Candidate candidate, Known known, Instant now) {
    var proven = known;
    if (!isSignedBy(known, candidate, now)) {
      // a secret made by a rotation within the last second may be missing from what we were given
      proven =
          keys.findNow(candidate.keyId).filter(k -> isSignedBy(k, candidate, now)).orElse(null);
    }
    if (proven == null) {
      var flaw = known.key().isRevoked() ? Flaw.REVOKED_KEY : Flaw.MISMATCH;
      return refused(flaw, request, candidate.keyId, known.key(), now);
    }
    var nonce = request.isSafe() ? null : candidate.signature.nonce();
    var key = proven.key();
    var caller =
        new Caller(
            key.id(),
            key.keyId(),
            key.scopes(),
            key.limit(),
            nonce,
            request.address(),
            request.requestId());
    var flaw = flaw(request, candidate.signature, now);
    if (flaw != null) {
      failures.record(caller, flaw);
      return new Outcome.Refused(flaw.refusal(), now);
    }
    keys.touch(key.id(), now);
    return new Outcome.Authenticated(caller);
  }

  private boolean isSignedBy(Known known, Candidate candidate, Instant now) {
    var active =
        known.key().isRevoked()
            ? List.<OpaqueBytes>of()
            : known.secrets().stream()
                .filter(secret -> secret.isActive(now))
                .map(ApiKeySecret::value)
                .toList();
    var signed = false;
    // all of them are tried, so that the time taken does not tell which one was right
    for (var secret : active.isEmpty() ? List.of(dummy) : active) {
      signed |= secret.mac(candidate.base).equals(candidate.signature.value());
    }
    return signed && !active.isEmpty();
  }

  /** What is wrong with a request whose MAC is right. */
  private static @Nullable Flaw flaw(
      SignedRequest request, ReceivedSignature signature, Instant now) {
    var digestCounts =
        !request.body().isEmpty() || signature.components().contains("content-digest");
    if (digestCounts && !request.body().sha256().equals(request.contentDigest())) {
      return Flaw.CONTENT_DIGEST;
    }
    var seconds = now.getEpochSecond();
    if (signature.created() == null
        || Math.abs(seconds - signature.created()) > MAX_SKEW.toSeconds()) {
      return Flaw.TIMESTAMP;
    }
    if (signature.expires() != null && seconds > signature.expires()) {
      return Flaw.EXPIRED;
    }
    return request.isSafe() || signature.nonce() != null ? null : Flaw.NONCE_MISSING;
  }

  private Outcome refused(
      Flaw flaw,
      SignedRequest request,
      @Nullable String claimedKeyId,
      @Nullable ApiKey key,
      Instant now) {
    failures.record(request, flaw, claimedKeyId, key);
    return new Outcome.Refused(flaw.refusal(), now);
  }

  /** A signature of the right shape, with the text it should have been made over. */
  private static final class Candidate {
    private final ReceivedSignature signature;
    private final String keyId;
    private final byte[] base;

    private Candidate(ReceivedSignature signature, String keyId, byte[] base) {
      this.signature = signature;
      this.keyId = keyId;
      this.base = base;
    }
  }
}
