package io.walletsync.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.access.EnsureBootstrapKey.Outcome;
import io.walletsync.core.kernel.InvalidValue;
import org.junit.jupiter.api.Test;

class EnsureBootstrapKeyTest {
  private static final OpaqueBytes OTHER = AccessExample.secret("fedcba9876543210");

  private final AccessExample access = new AccessExample();

  @Test
  void makesTheFirstKeyOnce() {
    assertThat(ensure(AccessExample.SECRET)).isEqualTo(Outcome.CREATED);
    assertThat(ensure(AccessExample.SECRET)).isEqualTo(Outcome.UNCHANGED);
    assertThat(known().key().scopes()).isEqualTo(Scopes.EVERY);
    assertThat(known().key().limit()).isEqualTo(ConnectionLimit.NONE);
    assertThat(access.audited).hasSize(1);
    assertThat(access.audited.getFirst().actor().name()).isEqualTo("settings");
  }

  @Test
  void replacesAnotherSecretAtOnce() {
    ensure(AccessExample.SECRET);
    assertThat(ensure(OTHER)).isEqualTo(Outcome.ROTATED);
    assertThat(known().secrets().stream().filter(s -> s.isActive(access.clock.instant())))
        .extracting(ApiKeySecret::value)
        .containsExactly(OTHER);
    assertThat(access.audited.getLast().action()).isEqualTo("rotate_api_key");
    assertThat(ensure(OTHER)).isEqualTo(Outcome.UNCHANGED);
    assertThat(access.audited).hasSize(2);
  }

  @Test
  void isContentWithASecretThatARotationOverTheApiLeftActive() {
    ensure(AccessExample.SECRET);
    var later = AccessExample.NOW.plusSeconds(60);
    access.keys.addSecret(known().key().id(), OTHER, AccessExample.NOW, later);
    assertThat(ensure(AccessExample.SECRET)).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void neverBringsBackASecretThatWasReplaced() {
    ensure(AccessExample.SECRET);
    access.keys.addSecret(
        known().key().id(), OTHER, access.clock.instant(), access.clock.instant());
    assertThat(ensure(AccessExample.SECRET)).isEqualTo(Outcome.STAYS_RETIRED);
    assertThat(known().secrets().stream().filter(s -> s.isActive(access.clock.instant())))
        .extracting(ApiKeySecret::value)
        .containsExactly(OTHER);
  }

  @Test
  void leavesARevokedKeyRevoked() {
    ensure(AccessExample.SECRET);
    access.keys.revoke(known().key().id(), AccessExample.NOW);
    assertThat(ensure(OTHER)).isEqualTo(Outcome.STAYS_REVOKED);
    assertThat(known().key().isRevoked()).isTrue();
  }

  @Test
  void givesAnOlderKeyTheScopesOfANewerRelease() {
    access.add("first", Scopes.of(Scope.WALLETS_READ), ConnectionLimit.NONE);
    assertThat(ensure(AccessExample.SECRET)).isEqualTo(Outcome.UNCHANGED);
    assertThat(known().key().scopes()).isEqualTo(Scopes.EVERY);
    assertThat(access.audited.getLast().action()).isEqualTo("widen_api_key");
  }

  @Test
  void refusesAShortSecret() {
    assertThatThrownBy(() -> ensure(AccessExample.secret("fifteen bytes..")))
        .isInstanceOf(InvalidValue.class);
  }

  private Outcome ensure(OpaqueBytes secret) {
    return access.ensureBootstrapKey().ensure(new EnsureBootstrapKey.Command("first", secret));
  }

  private ApiKeys.Known known() {
    return access.keys.findNow("first").orElseThrow();
  }
}
