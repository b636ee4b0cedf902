package io.walletsync.server.config;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.publishing.PublishEvents.Start;
import io.walletsync.server.kafka.KafkaAddress;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * Where events are published, and from which on when it is the first time. Secrets of the client
 * come from a file, never from the environment.
 */
public record Publishing(KafkaAddress address, Start start) {
  private static final String SERVERS = "WALLETSYNC_KAFKA_BOOTSTRAP_SERVERS";
  private static final String TOPIC = "WALLETSYNC_KAFKA_TOPIC";
  private static final String CLIENT = "WALLETSYNC_KAFKA_CLIENT_PROPERTIES";
  private static final String START = "WALLETSYNC_KAFKA_START";

  /**
   * Empty where nothing is to be published.
   *
   * @param text a setting by its name
   */
  static Optional<Publishing> read(Function<String, Optional<String>> text) {
    var servers = text.apply(SERVERS);
    if (servers.isEmpty()) {
      for (var name : new String[] {TOPIC, CLIENT, START}) {
        if (text.apply(name).isPresent()) {
          throw new SettingsProblem(
              name + " is of no use without " + SERVERS + ": set both or neither.");
        }
      }
      return Optional.empty();
    }
    var topic = text.apply(TOPIC).orElse("walletsync.events");
    checked(SERVERS, () -> new KafkaAddress(servers.get(), "t", Map.of()));
    checked(TOPIC, () -> new KafkaAddress(servers.get(), topic, Map.of()));
    var client = text.apply(CLIENT).map(Path::of).map(Publishing::properties).orElse(Map.of());
    return Optional.of(
        new Publishing(
            checked(CLIENT, () -> new KafkaAddress(servers.get(), topic, client)),
            start(text.apply(START).orElse("beginning"))));
  }

  private interface Making {
    KafkaAddress make();
  }

  private static KafkaAddress checked(String name, Making making) {
    try {
      return making.make();
    } catch (InvalidValue e) {
      throw new SettingsProblem(name + " " + e.getMessage() + ".");
    }
  }

  private static Start start(String value) {
    return switch (value) {
      case "beginning" -> Start.BEGINNING;
      case "latest" -> Start.LATEST;
      default -> throw new SettingsProblem(START + " must be beginning or latest.");
    };
  }

  private static Map<String, String> properties(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException _) {
      // without the cause, which may repeat what stands in the file
      throw new SettingsProblem(
          CLIENT + " must name a properties file that can be read, and names " + file + ".");
    }
    var texts = new HashMap<String, String>();
    properties.stringPropertyNames().forEach(it -> texts.put(it, properties.getProperty(it)));
    return texts;
  }
}
