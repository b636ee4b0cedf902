package io.walletsync.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.kernel.InvalidValue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeTest {
  @Test
  void everyScopeIsFoundByItsCode() {
    for (var scope : Scope.values()) {
      assertThat(Scope.of(scope.code())).isEqualTo(scope);
    }
    assertThatThrownBy(() -> Scope.of("wallets:*")).isInstanceOf(InvalidValue.class);
  }

  @Test
  void writingCoversReadingTheSameThingsOnly() {
    for (var held : Scope.values()) {
      for (var required : Scope.values()) {
        var sameThings =
            held.code().replace(":write", ":read").equals(required.code()) || held == required;
        assertThat(held.covers(required)).as(held + " covers " + required).isEqualTo(sameThings);
      }
    }
  }

  @Test
  void scopesHaveOneOrderAndAreNeverNone() {
    assertThat(Scopes.ofCodes(List.of("keys:read", "wallets:read")).codes())
        .containsExactly("wallets:read", "keys:read");
    assertThatThrownBy(() -> new Scopes(Set.of())).isInstanceOf(InvalidValue.class);
  }

  @Test
  void secretsStayOutOfSight() {
    var secret = AccessExample.secret("sesame");
    assertThat(new ApiKeySecret(1, secret, AccessExample.NOW, null).toString())
        .doesNotContain("sesame")
        .contains("hidden");
  }
}
