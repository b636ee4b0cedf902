package io.walletsync.server.kafka;

import io.walletsync.core.kernel.InvalidValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Which topic of which brokers, and how to get there. What keeps the promise that nothing is lost
 * cannot be set otherwise.
 *
 * @param client further properties of Kafka's own client, such as those of TLS and SASL
 */
public record KafkaAddress(String bootstrapServers, String topic, Map<String, String> client) {
  private static final Pattern SERVERS =
      Pattern.compile("[^,\\s]+:[0-9]{1,5}(,[^,\\s]+:[0-9]{1,5})*");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  /** Together far less than the lease of whoever publishes. */
  private static final Map<String, Object> OURS =
      Map.ofEntries(
          Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
          Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
          Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 12_000),
          Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 6_000),
          Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000),
          Map.entry(ProducerConfig.LINGER_MS_CONFIG, 0),
          Map.entry(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE),
          Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class),
          Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class));

  private static final Set<String> ALSO_OURS =
      Set.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ProducerConfig.PARTITIONER_CLASS_CONFIG,
          ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);

  /** The others need libraries that are larger than everything else of the client. */
  private static final Set<String> COMPRESSIONS = Set.of("none", "gzip", "lz4");

  public KafkaAddress {
    if (!SERVERS.matcher(bootstrapServers).matches()) {
      throw new InvalidValue("must be host:port, several separated by commas");
    }
    if (!TOPIC.matcher(topic).matches() || topic.matches("\\.\\.?")) {
      throw new InvalidValue("must be 1 to 249 characters out of A-Z a-z 0-9 . _ -");
    }
    client = Map.copyOf(client);
    for (var name : client.keySet()) {
      if (OURS.containsKey(name) || ALSO_OURS.contains(name)) {
        throw new InvalidValue("sets " + name + ", which WalletSync sets itself: leave it out");
      }
    }
    if (!COMPRESSIONS.contains(
        client.getOrDefault(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none"))) {
      throw new InvalidValue("must set compression.type to none, gzip or lz4, if at all");
    }
    try {
      var _ = new ProducerConfig(properties(bootstrapServers, client));
    } catch (ConfigException e) {
      throw new InvalidValue("is not understood by Kafka's client: " + e.getMessage());
    }
  }

  /** All properties of the client. */
  Map<String, Object> properties() {
    return properties(bootstrapServers, client);
  }

  private static Map<String, Object> properties(String servers, Map<String, String> client) {
    var properties = new HashMap<String, Object>();
    // a broker that is away is asked again within seconds, not ten times a second
    properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "walletsync");
    properties.putAll(client);
    properties.putAll(OURS);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    return properties;
  }

  @Override
  public String toString() {
    return "KafkaAddress[" + bootstrapServers + ", " + topic + ", properties hidden]";
  }
}
