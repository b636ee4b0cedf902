package io.walletsync.core.publishing;

import io.walletsync.core.notification.Notification;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The topic that other tests rest on keeps the contract while there is no trouble. */
final class ShakyTopicTest implements EventTopicContract {
  private final ShakyTopic topic = new ShakyTopic(new Random(1));

  @Override
  public EventTopic topic() {
    return topic;
  }

  @Override
  public EventTopic topicThatIsAway() {
    return notifications -> {
      var refused = notifications.isEmpty() ? null : "away";
      return new EventTopic.Sent(java.util.Set.of(), refused);
    };
  }

  @Override
  public List<UUID> kept() {
    return topic.readOnce().stream().map(Notification::id).toList();
  }
}
