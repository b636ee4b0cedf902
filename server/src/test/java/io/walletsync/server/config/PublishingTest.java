package io.walletsync.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.publishing.PublishEvents.Start;
import io.walletsync.server.kafka.KafkaAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A topic is set up whole or not at all, and nothing that keeps its promises can be turned off. */
class PublishingTest {
  private static final String SERVERS = "WALLETSYNC_KAFKA_BOOTSTRAP_SERVERS";
  private static final String CLIENT = "WALLETSYNC_KAFKA_CLIENT_PROPERTIES";

  @TempDir private Path folder;

  @Test
  void isOffUnlessBrokersAreNamed() {
    assertThat(Settings.from(Map.of()).publishing()).isEmpty();
    assertThat(Settings.from(Map.of(SERVERS, "a:9092,b:9093")).publishing())
        .contains(
            new Publishing(
                new KafkaAddress("a:9092,b:9093", "walletsync.events", Map.of()), Start.BEGINNING));
  }

  @Test
  void takesTheClientsPropertiesFromAFileAndHidesThem() throws IOException {
    var login =
        "org.apache.kafka.common.security.plain.PlainLoginModule required password=\"s3cret\";";
    var settings = of("sasl.mechanism=PLAIN\nsasl.jaas.config=" + login + "\ncompression.type=lz4");

    var publishing = settings.publishing().orElseThrow();

    assertThat(publishing.address().client())
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("sasl.jaas.config", login);
    assertThat(publishing.toString() + settings).doesNotContain("s3cret", "sasl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WALLETSYNC_KAFKA_BOOTSTRAP_SERVERS | kafka              | must be host:port
          WALLETSYNC_KAFKA_BOOTSTRAP_SERVERS | kafka:9092,        | must be host:port
          WALLETSYNC_KAFKA_TOPIC             | a topic            | must be 1 to 249 characters
          WALLETSYNC_KAFKA_TOPIC             | ..                 | must be 1 to 249 characters
          WALLETSYNC_KAFKA_START             | now                | must be beginning or latest
          WALLETSYNC_KAFKA_CLIENT_PROPERTIES | /nowhere/at/all    | must name a properties file that can be read
          """)
  void saysWhatIsWrong(String name, String value, String sentence) {
    var environment = new HashMap<>(Map.of(SERVERS, "a:9092"));
    environment.put(name, value);

    assertThatThrownBy(() -> Settings.from(environment))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageStartingWith(name + " " + sentence);
    if (!name.equals(SERVERS)) {
      assertThatThrownBy(() -> Settings.from(Map.of(name, value)))
          .hasMessage(name + " is of no use without " + SERVERS + ": set both or neither.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "acks=1, sets acks",
    "enable.idempotence=false, sets enable.idempotence",
    "bootstrap.servers=other:9092, sets bootstrap.servers",
    "transactional.id=x, sets transactional.id",
    "delivery.timeout.ms=600000, sets delivery.timeout.ms",
    "compression.type=zstd, must set compression.type",
    "batch.size=large, is not understood by Kafka's client"
  })
  void refusesWhatWouldBreakAPromise(String property, String sentence) {
    assertThatThrownBy(() -> of(property))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageStartingWith(CLIENT + " " + sentence);
  }

  private Settings of(String properties) throws IOException {
    var file = Files.writeString(folder.resolve("kafka.properties"), properties);
    return Settings.from(Map.of(SERVERS, "a:9092", CLIENT, file.toString()));
  }
}
