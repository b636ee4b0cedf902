package io.walletsync.core.sync;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SyncPolicyTest {
  @Test
  void aLeaseOutlastsTheProvidersDeadline() {
    var second = Duration.ofSeconds(1);

    assertThatThrownBy(() -> new SyncPolicy(second, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatCode(() -> new SyncPolicy(second, second.plusNanos(1), second))
        .doesNotThrowAnyException();
  }
}
