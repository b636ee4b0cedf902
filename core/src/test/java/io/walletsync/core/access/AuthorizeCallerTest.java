package io.walletsync.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.access.AuthorizeCaller.Command;
import io.walletsync.core.access.AuthorizeCaller.Outcome;
import io.walletsync.core.access.AuthorizeCaller.Outcome.Authorized;
import io.walletsync.core.access.AuthorizeCaller.Outcome.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthorizeCallerTest {
  private final AccessExample access = new AccessExample();
  private final ApiKey key =
      access.add("shop", Scopes.of(Scope.WALLETS_WRITE), ConnectionLimit.NONE);

  @Test
  void letsAWritingScopeRead() {
    assertThat(authorize(null, Scope.WALLETS_READ, false)).isEqualTo(new Authorized());
    assertThat(authorize(null, Scope.WALLETS_WRITE, false)).isEqualTo(new Authorized());
  }

  @Test
  void refusesAScopeThatTheKeyLacks() {
    assertThat(authorize(null, Scope.CONNECTIONS_READ, false))
        .isEqualTo(new Refused(Refusal.SCOPE));
    assertThat(access.audited.getLast().details()).containsEntry("reason", "scope");
    assertThat(access.audited.getLast().actor()).isEqualTo(AccessExample.caller(key).actor());
  }

  @Test
  void burnsTheNonceBeforeItLooksAtTheScope() {
    assertThat(authorize("n", Scope.AUDIT_READ, false)).isEqualTo(new Refused(Refusal.SCOPE));
    assertThat(authorize("n", Scope.WALLETS_READ, false))
        .isEqualTo(new Refused(Refusal.NONCE_REUSED));
    assertThat(access.audited.getLast().details()).containsEntry("reason", "nonce_reused");
  }

  @Test
  void leavesTheNonceToAUseCaseThatClaimsIt() {
    assertThat(authorize("n", Scope.WALLETS_READ, true)).isEqualTo(new Authorized());
    assertThat(access.nonces.burn(key.id(), "n")).isTrue();
  }

  private Outcome authorize(@Nullable String nonce, Scope required, boolean claimsNonce) {
    var caller = AccessExample.caller(key);
    var withNonce =
        new Caller(
            caller.apiKey(),
            caller.keyId(),
            caller.scopes(),
            caller.limit(),
            nonce,
            caller.address(),
            caller.requestId());
    return access.authorizeCaller().authorize(new Command(withNonce, required, claimsNonce));
  }
}
