package io.walletsync.core.publishing;

import io.walletsync.core.notification.Notification;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: a topic of a message broker. What it has acknowledged it keeps, also when one of its
 * machines dies; whatever else was sent it may have kept or not.
 */
public interface EventTopic {
  /**
   * Sends notifications and waits, for seconds at most, until each was acknowledged or was not.
   * They reach their readers in no order: the caller sends no two about one wallet at once.
   */
  Sent send(List<Notification> notifications);

  /**
   * What came of it.
   *
   * @param acknowledged the ids of those that are kept for certain
   * @param failure why others are not, for the log; null where all are
   */
  record Sent(Set<UUID> acknowledged, @Nullable String failure) {
    public Sent {
      acknowledged = Set.copyOf(acknowledged);
    }
  }
}
