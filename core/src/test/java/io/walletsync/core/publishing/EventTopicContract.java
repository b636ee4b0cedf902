package io.walletsync.core.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.WalletId;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link EventTopic} keeps: its word on what it has. */
public interface EventTopicContract {
  EventTopic topic();

  /** A topic that cannot be reached. */
  EventTopic topicThatIsAway();

  /** The ids of what is in the topic, of one wallet in the order of sending. */
  List<UUID> kept();

  @Test
  default void keepsWhatItAcknowledges() {
    var wallet = new WalletId(UUID.randomUUID());
    var first = about(Optional.of(wallet));
    var second = about(Optional.of(wallet));
    var ofNone = about(Optional.empty());

    var one = topic().send(List.of(first, ofNone));
    var two = topic().send(List.of(second));

    assertThat(one.failure()).isNull();
    assertThat(one.acknowledged()).containsExactlyInAnyOrder(first.id(), ofNone.id());
    assertThat(two.acknowledged()).containsExactly(second.id());
    assertThat(kept()).contains(ofNone.id()).containsSubsequence(first.id(), second.id());
  }

  @Test
  default void acknowledgesNothingWhileItIsAway() {
    var sent = topicThatIsAway().send(List.of(about(Optional.empty())));

    assertThat(sent.acknowledged()).isEmpty();
    assertThat(sent.failure()).isNotBlank();
  }

  /** Something that happened just now. */
  static Notification about(Optional<WalletId> wallet) {
    return new Occurrence(
        Examples.id(),
        Kind.SYNC_FAILING,
        wallet.map(it -> new About(it, new ConnectionId(it.value()))),
        Examples.MORNING,
        new TreeMap<>());
  }
}
