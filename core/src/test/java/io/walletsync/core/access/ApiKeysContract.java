package io.walletsync.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every keeper of API keys promises. */
public interface ApiKeysContract {
  Instant NOW = Instant.parse("2026-11-22T08:00:00.123456Z");
  UUID PAYSTACK = UUID.fromString("00000000-0000-7000-8000-00000000000a");
  UUID FINCRA = UUID.fromString("00000000-0000-7000-8000-00000000000b");

  /** A keeper without keys. */
  ApiKeys keys();

  @Test
  default void returnsAKeyAsItWasAdded() {
    var keys = keys();
    var limited = limited("limited", PAYSTACK, FINCRA);
    assertThat(keys.add(limited, secret("one"))).isTrue();
    assertThat(keys.find("limited"))
        .hasValueSatisfying(
            known -> {
              assertThat(known.key()).isEqualTo(limited);
              assertThat(known.secrets())
                  .containsExactly(new ApiKeySecret(1, secret("one"), NOW, null));
            });
    assertThat(keys.findNow("limited")).isEqualTo(keys.find("limited"));
    assertThat(keys.find(limited.id(), ConnectionLimit.NONE)).contains(limited);
    assertThat(keys.find("other")).isEmpty();
    assertThat(keys.findNow("other")).isEmpty();
  }

  @Test
  default void takesAKeyIdOnce() {
    var keys = keys();
    var first = unlimited("same");
    assertThat(keys.add(first, secret("one"))).isTrue();
    assertThat(keys.add(unlimited("same"), secret("two"))).isFalse();
    assertThat(keys.findNow("same").orElseThrow().key()).isEqualTo(first);
    assertThat(keys.findNow("same").orElseThrow().secrets()).hasSize(1);
  }

  @Test
  default void showsNothingOutsideTheLimit() {
    var keys = keys();
    var unlimited = unlimited("unlimited");
    var paystack = limited("paystack", PAYSTACK);
    var both = limited("both", PAYSTACK, FINCRA);
    keys.add(unlimited, secret("one"));
    keys.add(paystack, secret("two"));
    keys.add(both, secret("three"));
    var limit = new ConnectionLimit(Set.of(PAYSTACK));
    assertThat(keys.page(limit, null, 10).items()).containsExactly(paystack);
    assertThat(keys.find(paystack.id(), limit)).contains(paystack);
    assertThat(keys.find(both.id(), limit)).isEmpty();
    assertThat(keys.find(unlimited.id(), limit)).isEmpty();
    assertThat(keys.lock(paystack.id(), limit)).contains(paystack);
    assertThat(keys.lock(unlimited.id(), limit)).isEmpty();
  }

  @Test
  default void listsPageByPage() {
    var keys = keys();
    var all = new ArrayList<ApiKey>();
    for (var i = 0; i < 5; i++) {
      all.add(unlimited("key-" + i));
      keys.add(all.get(i), secret("one"));
    }
    var first = keys.page(ConnectionLimit.NONE, null, 2);
    assertThat(first.items()).containsExactlyElementsOf(all.subList(0, 2));
    assertThat(first.hasMore()).isTrue();
    var second = keys.page(ConnectionLimit.NONE, all.get(1).id(), 3);
    assertThat(second.items()).containsExactlyElementsOf(all.subList(2, 5));
    assertThat(second.hasMore()).isFalse();
  }

  @Test
  default void keepsTwoSecretsAtMost() {
    var keys = keys();
    var key = unlimited("rotated");
    keys.add(key, secret("one"));
    var day = Duration.ofDays(1);
    assertThat(keys.addSecret(key.id(), secret("two"), NOW.plusSeconds(1), NOW.plus(day)))
        .isEqualTo(2);
    assertThat(keys.findNow("rotated").orElseThrow().secrets())
        .containsExactly(
            new ApiKeySecret(2, secret("two"), NOW.plusSeconds(1), null),
            new ApiKeySecret(1, secret("one"), NOW, NOW.plus(day)));
    assertThat(keys.addSecret(key.id(), secret("three"), NOW.plusSeconds(2), NOW.plusSeconds(9)))
        .isEqualTo(3);
    assertThat(keys.findNow("rotated").orElseThrow().secrets())
        .containsExactly(
            new ApiKeySecret(3, secret("three"), NOW.plusSeconds(2), null),
            new ApiKeySecret(1, secret("one"), NOW, NOW.plusSeconds(9)));
    assertThat(keys.addSecret(key.id(), secret("four"), NOW.plusSeconds(10), NOW.plus(day)))
        .isEqualTo(4);
    assertThat(keys.findNow("rotated").orElseThrow().secrets())
        .containsExactly(
            new ApiKeySecret(4, secret("four"), NOW.plusSeconds(10), null),
            new ApiKeySecret(3, secret("three"), NOW.plusSeconds(2), NOW.plus(day)));
  }

  @Test
  default void remembersWhatTheSettingsGave() {
    var keys = keys();
    var key = unlimited("settings");
    keys.add(key, secret("one"));
    assertThat(keys.isNewFromSettings(key.id(), secret("a"))).isTrue();
    assertThat(keys.isNewFromSettings(key.id(), secret("b"))).isTrue();
    assertThat(keys.isNewFromSettings(key.id(), secret("a"))).isFalse();
  }

  @Test
  default void revokesOnceAndForgetsTheSecrets() {
    var keys = keys();
    var key = unlimited("revoked");
    keys.add(key, secret("one"));
    keys.revoke(key.id(), NOW.plusSeconds(1));
    keys.revoke(key.id(), NOW.plusSeconds(2));
    var known = keys.findNow("revoked").orElseThrow();
    assertThat(known.key()).isEqualTo(key.revoked(NOW.plusSeconds(1)));
    assertThat(known.secrets()).isEmpty();
    assertThat(keys.page(ConnectionLimit.NONE, null, 10).items()).containsExactly(known.key());
  }

  @Test
  default void replacesScopes() {
    var keys = keys();
    var key = unlimited("widened");
    keys.add(key, secret("one"));
    keys.setScopes(key.id(), Scopes.EVERY);
    assertThat(keys.findNow("widened").orElseThrow().key()).isEqualTo(key.with(Scopes.EVERY));
  }

  @Test
  default void notesTheLastUseAtMostOnceAMinute() {
    var keys = keys();
    var key = unlimited("used");
    keys.add(key, secret("one"));
    keys.touch(key.id(), NOW);
    assertThat(lastUsed(keys, key)).isEqualTo(NOW);
    keys.touch(key.id(), NOW.plusSeconds(59));
    assertThat(lastUsed(keys, key)).isEqualTo(NOW);
    keys.touch(key.id(), NOW.plusSeconds(60));
    assertThat(lastUsed(keys, key)).isEqualTo(NOW.plusSeconds(60));
  }

  private static Instant lastUsed(ApiKeys keys, ApiKey key) {
    var found = keys.find(key.id(), ConnectionLimit.NONE).orElseThrow();
    return found.lastUsedAt() == null ? Instant.EPOCH : found.lastUsedAt();
  }

  private static ApiKey unlimited(String keyId) {
    return key(keyId, ConnectionLimit.NONE);
  }

  private static ApiKey limited(String keyId, UUID... connections) {
    return key(keyId, new ConnectionLimit(Set.of(connections)));
  }

  private static ApiKey key(String keyId, ConnectionLimit limit) {
    var scopes = Scopes.of(Scope.WALLETS_READ, Scope.BALANCES_SYNC);
    return new ApiKey(Sequence.next(), keyId, "Test key", scopes, limit, NOW, null, null);
  }

  private static OpaqueBytes secret(String text) {
    return OpaqueBytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Ids that grow. */
  final class Sequence {
    private static final AtomicInteger LAST = new AtomicInteger();

    private Sequence() {}

    static UUID next() {
      return new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L + LAST.incrementAndGet());
    }
  }
}
