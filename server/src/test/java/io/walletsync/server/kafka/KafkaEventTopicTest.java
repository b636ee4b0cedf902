package io.walletsync.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.notification.Notification.BalanceChanged;
import io.walletsync.core.publishing.EventTopic;
import io.walletsync.core.publishing.EventTopicContract;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.support.KafkaBroker;
import io.walletsync.server.support.KafkaReader;
import io.walletsync.server.support.KafkaReader.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KafkaEventTopicTest implements EventTopicContract {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TOPIC = "contract";

  private final KafkaBroker broker = KafkaBroker.shared();
  private final KafkaEventTopic topic = topic(broker.address());
  private final KafkaReader reader = new KafkaReader(broker, TOPIC);

  @AfterEach
  void stop() {
    topic.close();
    reader.close();
  }

  private static KafkaEventTopic topic(String address) {
    return new KafkaEventTopic(
        new KafkaAddress(address, TOPIC, Map.of()), it -> "{\"id\":\"" + it.id() + "\"}");
  }

  @Override
  public EventTopic topic() {
    return topic;
  }

  @Override
  public EventTopic topicThatIsAway() {
    return topic("127.0.0.1:1");
  }

  @Override
  public List<UUID> kept() {
    return reader.await(SOON, 3, _ -> true).stream().map(Message::id).toList();
  }

  @Test
  void writesACloudEventOfItsWallet() {
    var snapshot = snapshot();
    var changed =
        new BalanceChanged(Examples.id(), new ConnectionId(UUID.randomUUID()), null, snapshot);
    assertThat(topic.send(List.of(changed)).failure()).isNull();

    var message = reader.await(SOON, 1, it -> it.id().equals(changed.id())).getFirst();

    assertThat(message.key()).isEqualTo(snapshot.walletId().value().toString());
    assertThat(message.value()).isEqualTo("{\"id\":\"" + changed.id() + "\"}");
    assertThat(message.headers())
        .containsExactly(
            Map.entry("ce_specversion", "1.0"),
            Map.entry("ce_id", changed.id().toString()),
            Map.entry("ce_source", "urn:walletsync"),
            Map.entry("ce_type", "balance.changed"),
            Map.entry("ce_time", snapshot.createdAt().toString()),
            Map.entry("ce_subject", snapshot.walletId().value().toString()),
            Map.entry("ce_sequence", "0000000000000000042"),
            Map.entry("content-type", "application/json"));
  }

  private static WalletBalanceSnapshot snapshot() {
    return new WalletBalanceSnapshot(
        UUID.randomUUID(),
        new WalletId(UUID.randomUUID()),
        42,
        Examples.PAYSTACK,
        Examples.balance("1.00"),
        null,
        Examples.MORNING,
        null,
        Examples.MORNING,
        Examples.MORNING,
        Source.API,
        null,
        Metadata.NONE,
        Examples.MORNING);
  }
}
