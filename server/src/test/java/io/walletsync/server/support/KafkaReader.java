package io.walletsync.server.support;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a topic from its beginning, as a consumer does that leaves out what it has seen. */
public final class KafkaReader implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final String topic;
  private final Map<UUID, Message> once = new LinkedHashMap<>();
  private int all;
  private boolean isAssigned;

  public KafkaReader(KafkaBroker broker, String topic) {
    this.topic = topic;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.address(),
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  /** An event as it is in the topic. */
  public record Message(String key, Map<String, String> headers, String value) {
    private static Message of(ConsumerRecord<String, byte[]> received) {
      var headers = new LinkedHashMap<String, String>();
      received
          .headers()
          .forEach(it -> headers.put(it.key(), new String(it.value(), StandardCharsets.UTF_8)));
      return new Message(
          received.key(), headers, new String(received.value(), StandardCharsets.UTF_8));
    }

    public UUID id() {
      return UUID.fromString(headers.get("ce_id"));
    }

    public JsonNode json() {
      return JsonMapper.shared().readTree(value);
    }
  }

  /** Reads on until there are so many that are wanted, each counted once. */
  public List<Message> await(Duration patience, int messages, Predicate<Message> wanted) {
    var found = new ArrayList<Message>();
    Eventually.within(
        patience,
        messages + " messages",
        () -> {
          poll();
          found.clear();
          once.values().stream().filter(wanted).forEach(found::add);
          return found.size() >= messages;
        });
    return found;
  }

  private void poll() {
    if (!isAssigned) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(it -> new TopicPartition(topic, it.partition()))
              .sorted(Comparator.comparingInt(TopicPartition::partition))
              .toList();
      consumer.assign(partitions);
      isAssigned = !partitions.isEmpty();
      return;
    }
    for (var received : consumer.poll(Duration.ofMillis(50))) {
      var message = Message.of(received);
      once.putIfAbsent(message.id(), message);
      all++;
    }
  }

  /** How many there were, those that came twice counted twice. */
  public int all() {
    return all;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
