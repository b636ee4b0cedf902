package io.walletsync.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.access.RecheckCaller.Command;
import io.walletsync.core.access.RecheckCaller.Outcome;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who was let in stays as long as its key is what it was. */
class RecheckCallerTest {
  private final AccessExample access = new AccessExample();
  private final UUID connection = UUID.randomUUID();
  private final ApiKey key =
      new ApiKey(
          UUID.randomUUID(),
          "listener",
          "Listener",
          Scopes.of(Scope.WALLETS_READ),
          new ConnectionLimit(Set.of(connection)),
          AccessExample.NOW,
          null,
          null);

  @Test
  void aKeyThatIsWhatItWasMayStay() {
    access.keys.add(key, AccessExample.SECRET);

    assertThat(recheck(key.limit())).isEqualTo(new Outcome.StillAllowed());
  }

  @Test
  void aKeyThatIsGoneMayNot() {
    assertThat(recheck(key.limit())).isEqualTo(new Outcome.NoLonger());
    access.keys.add(key, AccessExample.SECRET);
    access.keys.revoke(key.id(), AccessExample.NOW);

    assertThat(recheck(key.limit())).isEqualTo(new Outcome.NoLonger());
  }

  @Test
  void aKeyThatLostTheScopeMayNot() {
    access.keys.add(key, AccessExample.SECRET);
    access.keys.setScopes(key.id(), Scopes.of(Scope.AUDIT_READ));

    assertThat(recheck(key.limit())).isEqualTo(new Outcome.NoLonger());
  }

  @Test
  void aKeyThatSeesOtherConnectionsMayNot() {
    access.keys.add(key, AccessExample.SECRET);

    assertThat(recheck(ConnectionLimit.NONE)).isEqualTo(new Outcome.NoLonger());
  }

  private Outcome recheck(ConnectionLimit then) {
    var caller = new Caller(key.id(), key.keyId(), key.scopes(), then, null, null, null);
    return new RecheckCaller(access.keys).recheck(new Command(caller, Scope.WALLETS_READ));
  }
}
