package io.walletsync.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.access.AuthenticateRequest.Outcome.Authenticated;
import io.walletsync.core.access.AuthenticateRequest.Outcome.Refused;
import io.walletsync.core.audit.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthenticateRequestTest {
  private final AccessExample access = new AccessExample();
  private final AuthenticateRequest authenticateRequest = access.authenticateRequest();
  private final RequestExample example = new RequestExample();
  private final ConnectionLimit limit = new ConnectionLimit(Set.of(AccessExample.PAYSTACK));
  private ApiKey key = access.add("shop", Scopes.of(Scope.WALLETS_READ), limit);

  @BeforeEach
  void readsTheKeyAgain() {
    key = access.keys.findNow("shop").orElseThrow().key();
  }

  @Test
  void knowsWhoSigned() {
    assertThat(authenticateRequest.authenticate(example.request()))
        .isEqualTo(
            new Authenticated(
                new Caller(
                    key.id(), "shop", key.scopes(), limit, "nonce-1", "192.0.2.7", "request-7")));
    assertThat(access.audited).isEmpty();
  }

  @Test
  void notesTheLastUse() {
    authenticateRequest.authenticate(example.request());
    assertThat(access.keys.find(key.id(), limit).orElseThrow().lastUsedAt())
        .isEqualTo(AccessExample.NOW);
  }

  @Test
  void doesNotBurnTheNonce() {
    authenticateRequest.authenticate(example.request());
    assertThat(access.nonces.burn(key.id(), "nonce-1")).isTrue();
  }

  @Test
  void readsNeedNoNonceAndUseNoneUp() {
    var get = RequestExample.get();
    get.nonce = null;
    assertThat(caller(get).nonce()).isNull();
    get.nonce = "nonce-1";
    assertThat(caller(get).nonce()).isNull();
  }

  @Test
  void refusesARequestWithoutSignature() {
    example.headers.remove("signature-input");
    refuses(example.request(List.of()), Refusal.SIGNATURE, "missing");
  }

  @Test
  void refusesARequestWhoseSignaturesCannotBeRead() {
    refuses(example.request(List.of()), Refusal.SIGNATURE, "malformed");
  }

  @Test
  void refusesAnUnknownKey() {
    example.keyId = "nobody";
    refuses(example.request(), Refusal.SIGNATURE, "unknown_key");
    example.keyId = "not a key id";
    refuses(example.request(), Refusal.SIGNATURE, "unknown_key");
  }

  @Test
  void refusesAKeyThatIsMissing() {
    var signature = example.signature();
    var nameless =
        new ReceivedSignature(
            signature.components(),
            signature.input(),
            null,
            signature.created(),
            null,
            signature.nonce(),
            null,
            signature.value());
    refuses(example.request(List.of(nameless)), Refusal.SIGNATURE, "malformed");
  }

  @Test
  void refusesARevokedKey() {
    access.keys.revoke(key.id(), AccessExample.NOW);
    refuses(example.request(), Refusal.SIGNATURE, "revoked_key");
  }

  @Test
  void refusesAnotherSecret() {
    example.secret = AccessExample.secret("another secret of 32 characters!");
    refuses(example.request(), Refusal.SIGNATURE, "mismatch");
  }

  @Test
  void refusesASignatureThatWasMadeForAnotherRequest() {
    var signature = example.signature();
    example.query = "a=2";
    refuses(example.request(List.of(signature)), Refusal.SIGNATURE, "mismatch");
  }

  @Test
  void refusesWhatLeavesARequiredComponentOut() {
    for (var component : List.copyOf(example.components)) {
      var incomplete = new RequestExample();
      incomplete.components.remove(component);
      refuses(incomplete.request(), Refusal.SIGNATURE, "component_missing");
    }
  }

  @Test
  void refusesACoveredComponentThatTheRequestLacks() {
    example.components.add("x-absent");
    refuses(example.request(), Refusal.SIGNATURE, "component_missing");
  }

  @Test
  void acceptsMoreComponentsInAnyOrder() {
    example.headers.put("x-extra", "1, 2");
    example.components =
        List.of(
            "x-extra",
            "idempotency-key",
            "content-digest",
            "@authority",
            "@query",
            "@path",
            "@method");
    assertThat(caller(example).keyId()).isEqualTo("shop");
  }

  @Test
  void refusesAnotherBody() {
    example.body = AccessExample.secret("{\"amount\":1}");
    refuses(example.request(), Refusal.SIGNATURE, "content_digest");
  }

  @Test
  void refusesADigestThatCannotBeRead() {
    example.sentDigest = null;
    refuses(example.request(), Refusal.SIGNATURE, "content_digest");
  }

  @Test
  void checksTheDigestOfAnEmptyBodyWhereItIsCovered() {
    example.body = AccessExample.secret("");
    refuses(example.request(), Refusal.SIGNATURE, "content_digest");
    example.sentDigest = AccessExample.secret("").sha256();
    assertThat(caller(example).keyId()).isEqualTo("shop");
  }

  @Test
  void allowsFiveMinutesInBothDirections() {
    var now = AccessExample.NOW.getEpochSecond();
    for (var created : new long[] {now - 300, now + 300}) {
      example.created = created;
      assertThat(caller(example).keyId()).isEqualTo("shop");
    }
    for (var created : new long[] {now - 301, now + 301}) {
      example.created = created;
      refuses(example.request(), Refusal.TIMESTAMP, "timestamp");
    }
  }

  @Test
  void refusesASignatureWithoutTime() {
    example.created = null;
    refuses(example.request(), Refusal.SIGNATURE, "malformed");
  }

  @Test
  void holdsTheSenderToTheirOwnExpiry() {
    example.expires = AccessExample.NOW.getEpochSecond();
    assertThat(caller(example).keyId()).isEqualTo("shop");
    access.clock.step(Duration.ofSeconds(1));
    refuses(example.request(), Refusal.TIMESTAMP, "expired");
  }

  @Test
  void needsANonceForWhatChangesSomething() {
    example.nonce = null;
    refuses(example.request(), Refusal.SIGNATURE, "nonce_missing");
    example.nonce = "";
    refuses(example.request(), Refusal.SIGNATURE, "malformed");
    example.nonce = "n".repeat(129);
    refuses(example.request(), Refusal.SIGNATURE, "malformed");
  }

  @Test
  void takesAnUnknownMethodForOneThatChangesSomething() {
    example.method = "PURGE";
    example.nonce = null;
    refuses(example.request(), Refusal.SIGNATURE, "nonce_missing");
  }

  @Test
  void acceptsOnlyTheOneAlgorithm() {
    example.algorithm = "hmac-sha256";
    assertThat(caller(example).keyId()).isEqualTo("shop");
    example.algorithm = "ed25519";
    refuses(example.request(), Refusal.SIGNATURE, "malformed");
  }

  @Test
  void countsTheLabelWithAKnownKey() {
    var proxy = new RequestExample();
    proxy.keyId = "proxy";
    var other = new RequestExample();
    other.algorithm = "ed25519";
    other.components = List.of("@authority");
    assertThat(
            authenticateRequest.authenticate(
                example.request(
                    List.of(other.signature(), proxy.signature(), example.signature()))))
        .isInstanceOf(Authenticated.class);
  }

  @Test
  void refusesAWrongSignatureOfTheKnownKeyWhateverElseIsThere() {
    example.secret = AccessExample.secret("another secret of 32 characters!");
    var proxy = new RequestExample();
    proxy.keyId = "proxy";
    refuses(
        example.request(List.of(proxy.signature(), example.signature())),
        Refusal.SIGNATURE,
        "mismatch");
  }

  @Test
  void acceptsBothSecretsWhileARotationOverlaps() {
    var next = AccessExample.secret("the next secret, also 32 bytes..");
    var until = AccessExample.NOW.plusSeconds(60);
    access.keys.addSecret(key.id(), next, AccessExample.NOW, until);
    assertThat(caller(example).keyId()).isEqualTo("shop");
    example.secret = next;
    assertThat(caller(example).keyId()).isEqualTo("shop");
    access.clock.step(Duration.ofSeconds(60));
    assertThat(caller(example).keyId()).isEqualTo("shop");
    example.secret = AccessExample.SECRET;
    refuses(example.request(), Refusal.SIGNATURE, "mismatch");
  }

  @Test
  void tellsTheTrailWhoItClaimedToBe() {
    example.secret = AccessExample.secret("another secret of 32 characters!");
    authenticateRequest.authenticate(example.request());
    var entry = access.audited.getFirst();
    assertThat(entry.subjectId()).isEqualTo(key.id());
    assertThat(entry.actor().kind()).isEqualTo(Actor.Kind.UNKNOWN);
    assertThat(entry.actor().id()).isEqualTo(Actor.NOBODY);
    assertThat(entry.actor().address()).isEqualTo("192.0.2.7");
    assertThat(entry.details()).containsEntry("claimed_key", "shop");
  }

  private Caller caller(RequestExample signed) {
    var outcome = authenticateRequest.authenticate(signed.request());
    assertThat(outcome).isInstanceOf(Authenticated.class);
    return ((Authenticated) outcome).caller();
  }

  private void refuses(SignedRequest request, Refusal refusal, String reason) {
    assertThat(authenticateRequest.authenticate(request))
        .isEqualTo(new Refused(refusal, access.clock.instant()));
    assertThat(access.audited.getLast().details()).containsEntry("reason", reason);
    access.audited.clear();
  }
}
