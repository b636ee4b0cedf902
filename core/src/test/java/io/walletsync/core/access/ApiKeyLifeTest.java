package io.walletsync.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.kernel.InvalidValue;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApiKeyLifeTest {
  private final AccessExample access = new AccessExample();
  private final ConnectionLimit paystack = new ConnectionLimit(Set.of(AccessExample.PAYSTACK));
  private final ConnectionLimit both =
      new ConnectionLimit(Set.of(AccessExample.PAYSTACK, AccessExample.FINCRA));
  private final Caller admin =
      AccessExample.caller(access.add("admin", Scopes.EVERY, ConnectionLimit.NONE));

  @Test
  void createsAKeyWithASecretOfItsOwn() {
    var created = create(admin, Scopes.of(Scope.WALLETS_READ), paystack);
    assertThat(created.secret().length()).isEqualTo(32);
    assertThat(created.key().limit()).isEqualTo(paystack);
    var known = access.keys.findNow(created.key().keyId()).orElseThrow();
    assertThat(known.key()).isEqualTo(created.key());
    assertThat(known.secrets().getFirst().value()).isEqualTo(created.secret());
    var entry = access.audited.getLast();
    assertThat(entry.action()).isEqualTo("create_api_key");
    assertThat(entry.subjectId()).isEqualTo(created.key().id());
    assertThat(entry.actor()).isEqualTo(admin.actor());
    assertThat(entry.details())
        .containsEntry("scopes", "wallets:read")
        .containsEntry("connections", AccessExample.PAYSTACK.toString());
    assertThat(create(admin, Scopes.of(Scope.WALLETS_READ), paystack).secret())
        .isNotEqualTo(created.secret());
  }

  @Test
  void nobodyHandsOutMoreThanTheirOwn() {
    var creator = AccessExample.caller(access.add("c", Scopes.of(Scope.KEYS_WRITE), paystack));
    assertThat(attempt(creator, Scopes.of(Scope.WALLETS_READ), paystack))
        .isEqualTo(new CreateApiKey.Outcome.ScopeNotHeld());
    assertThat(attempt(creator, Scopes.of(Scope.KEYS_READ), both))
        .isEqualTo(new CreateApiKey.Outcome.ConnectionNotHeld());
    assertThat(create(creator, Scopes.of(Scope.KEYS_READ), ConnectionLimit.NONE).key().limit())
        .isEqualTo(paystack);
    assertThat(access.audited).hasSize(1);
  }

  @Test
  void rotatesWithAnOverlap() {
    var created = create(admin, Scopes.of(Scope.WALLETS_READ), ConnectionLimit.NONE);
    var outcome = rotate(admin, created.key().id(), RotateApiKey.USUAL_OVERLAP);
    var rotated = (RotateApiKey.Outcome.Rotated) outcome;
    assertThat(rotated.previousExpiresAt()).isEqualTo(AccessExample.NOW.plusSeconds(86_400));
    assertThat(access.keys.findNow(created.key().keyId()).orElseThrow().secrets())
        .extracting(ApiKeySecret::value)
        .containsExactly(rotated.secret(), created.secret());
    assertThat(access.audited.getLast().action()).isEqualTo("rotate_api_key");
    assertThat(access.audited.getLast().details()).containsEntry("secret_version", "2");
  }

  @Test
  void rotatesAtOnceWithoutOverlap() {
    var created = create(admin, Scopes.of(Scope.WALLETS_READ), ConnectionLimit.NONE);
    rotate(admin, created.key().id(), Duration.ZERO);
    assertThat(access.keys.findNow(created.key().keyId()).orElseThrow().secrets())
        .extracting(secret -> secret.isActive(AccessExample.NOW))
        .containsExactly(true, false);
  }

  @Test
  void allowsNoOverlapBeyondSevenDays() {
    assertThat(new RotateApiKey.Command(admin, admin.apiKey(), Duration.ofDays(7)).overlap())
        .isEqualTo(Duration.ofDays(7));
    assertThatThrownBy(() -> rotate(admin, admin.apiKey(), Duration.ofDays(7).plusSeconds(1)))
        .isInstanceOf(InvalidValue.class);
    assertThatThrownBy(() -> rotate(admin, admin.apiKey(), Duration.ofSeconds(-1)))
        .isInstanceOf(InvalidValue.class);
  }

  @Test
  void nobodyBecomesAStrongerKeyByRotatingIt() {
    var weak =
        AccessExample.caller(access.add("weak", Scopes.of(Scope.KEYS_WRITE), ConnectionLimit.NONE));
    assertThat(rotate(weak, admin.apiKey(), Duration.ZERO))
        .isEqualTo(new RotateApiKey.Outcome.ScopeNotHeld());
    var limited = AccessExample.caller(access.add("limited", Scopes.EVERY, paystack));
    assertThat(rotate(limited, admin.apiKey(), Duration.ZERO))
        .isEqualTo(new RotateApiKey.Outcome.NotFound());
  }

  @Test
  void revokesAtOnceAndForEver() {
    var id = create(admin, Scopes.of(Scope.WALLETS_READ), ConnectionLimit.NONE).key().id();
    var revoked = (RevokeApiKey.Outcome.Revoked) revoke(admin, id);
    assertThat(revoked.key().revokedAt()).isEqualTo(AccessExample.NOW);
    access.clock.step(Duration.ofSeconds(1));
    assertThat(revoke(admin, id)).isEqualTo(revoked);
    assertThat(access.audited)
        .extracting(entry -> entry.action())
        .containsExactly("create_api_key", "revoke_api_key");
    assertThat(rotate(admin, id, Duration.ZERO)).isEqualTo(new RotateApiKey.Outcome.Revoked());
  }

  @Test
  void cannotRevokeWhatItCannotSee() {
    var limited = AccessExample.caller(access.add("limited", Scopes.EVERY, paystack));
    assertThat(revoke(limited, admin.apiKey())).isEqualTo(new RevokeApiKey.Outcome.NotFound());
    assertThat(revoke(admin, new UUID(0, 9))).isEqualTo(new RevokeApiKey.Outcome.NotFound());
  }

  private CreateApiKey.Outcome.Created create(
      Caller creator, Scopes scopes, ConnectionLimit limit) {
    return (CreateApiKey.Outcome.Created) attempt(creator, scopes, limit);
  }

  private CreateApiKey.Outcome attempt(Caller creator, Scopes scopes, ConnectionLimit limit) {
    return access.createApiKey().create(new CreateApiKey.Command(creator, "Shop", scopes, limit));
  }

  private RotateApiKey.Outcome rotate(Caller caller, UUID id, Duration overlap) {
    return access.rotateApiKey().rotate(new RotateApiKey.Command(caller, id, overlap));
  }

  private RevokeApiKey.Outcome revoke(Caller caller, UUID id) {
    return access.revokeApiKey().revoke(new RevokeApiKey.Command(caller, id));
  }
}
