package io.walletsync.server.kafka;

import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.publishing.EventTopic;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * A topic of Kafka. A message counts as acknowledged when all replicas in sync have it. After a
 * failure the client is thrown away, so that nothing it still holds is sent behind our back.
 */
final class KafkaEventTopic implements EventTopic, AutoCloseable {
  private final KafkaAddress address;
  private final CloudEvent event;
  private @Nullable Producer<String, byte[]> producer;

  /** Calls nobody yet: brokers may be away when a node starts. */
  KafkaEventTopic(KafkaAddress address, EventFormat format) {
    this.address = address;
    this.event = new CloudEvent(format);
  }

  @Override
  public synchronized Sent send(List<Notification> notifications) {
    var pending = new LinkedHashMap<UUID, Future<RecordMetadata>>();
    String failure = null;
    try {
      var open = open();
      for (var notification : notifications) {
        var sent = open.send(event.of(address.topic(), notification));
        pending.put(notification.id(), sent);
        if (sent.state() == Future.State.FAILED) {
          break; // each further one would wait as long for brokers that are away
        }
      }
    } catch (KafkaException e) {
      failure = reason(e);
    }
    var acknowledged = new HashSet<UUID>();
    for (var each : pending.entrySet()) {
      var refused = await(each);
      if (refused == null) {
        acknowledged.add(each.getKey());
      } else {
        failure = refused;
      }
    }
    if (failure != null) {
      close();
    }
    return new Sent(acknowledged, failure);
  }

  private Producer<String, byte[]> open() {
    var open = producer;
    if (open == null) {
      open = new KafkaProducer<>(address.properties());
      producer = open;
    }
    return open;
  }

  /** Null when it was acknowledged; waits no longer than the delivery may take. */
  private static @Nullable String await(Map.Entry<UUID, Future<RecordMetadata>> each) {
    try {
      var _ = each.getValue().get();
      return null;
    } catch (ExecutionException e) {
      return reason(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the node stops";
    }
  }

  /**
   * Kafka's own words, which name brokers and topics; those about a client's setup may quote it.
   */
  private static String reason(Throwable e) {
    if (e instanceof InterruptException) {
      return "the node stops";
    }
    var isAboutSetup = e.getClass() == KafkaException.class;
    return isAboutSetup
        ? "the client cannot be set up (" + cause(e).getClass().getSimpleName() + ")"
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private static Throwable cause(Throwable e) {
    var cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }
}
