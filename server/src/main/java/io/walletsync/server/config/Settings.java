package io.walletsync.server.config;

import io.walletsync.core.access.OpaqueBytes;
import io.walletsync.server.provider.ProviderUrls;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says; each setting is described in {@code docs/configuration.md}. A wrong
 * one stops the start with a {@link SettingsProblem}.
 *
 * @param dataDirectory where the embedded database and generated keys are kept
 * @param database where the application works; empty for the embedded database
 * @param schemaOwner who may change the schema; empty where the application's role may
 * @param managementPort a port of its own for the actuator; empty for the API's
 * @param masterKey 32 bytes
 * @param providerUrls where providers are, if not where they document to be; https, except to this
 *     machine
 * @param retention how long things are kept that are not kept for ever
 * @param movementInterval how often the movements of each wallet are imported; empty for on demand
 *     only
 * @param eventStreams how many streams of events this node keeps open at most
 * @param publishing to which topic events go; empty for none
 * @param messaging where messages may go, and how
 */
public record Settings(
    Path dataDirectory,
    Optional<DatabaseAddress> database,
    Optional<DatabaseAddress> schemaOwner,
    int port,
    InetAddress bind,
    OptionalInt managementPort,
    boolean scheduleEnabled,
    Optional<byte[]> masterKey,
    Optional<BootstrapKey> bootstrapKey,
    ProviderUrls providerUrls,
    Retention retention,
    Optional<Duration> movementInterval,
    int eventStreams,
    Optional<Publishing> publishing,
    MessagingSettings messaging) {
  private static final String PROVIDERS = "WALLETSYNC_PROVIDERS_";

  static final Set<String> KNOWN =
      Set.of(
          "WALLETSYNC_DATA_DIR",
          "WALLETSYNC_DATABASE_URL",
          "WALLETSYNC_DATABASE_OWNER_URL",
          "WALLETSYNC_PORT",
          "WALLETSYNC_BIND",
          "WALLETSYNC_MANAGEMENT_PORT",
          "WALLETSYNC_SCHEDULE_ENABLED",
          "WALLETSYNC_MASTER_KEY",
          "WALLETSYNC_BOOTSTRAP_KEY_ID",
          "WALLETSYNC_BOOTSTRAP_KEY_SECRET",
          "WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL",
          "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V3_BASE_URL",
          "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V4_BASE_URL",
          "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V4_TOKEN_URL",
          "WALLETSYNC_PROVIDERS_FINCRA_BASE_URL",
          "WALLETSYNC_RETENTION_IDEMPOTENCY",
          "WALLETSYNC_RETENTION_EVENTS",
          "WALLETSYNC_MOVEMENTS_INTERVAL",
          "WALLETSYNC_EVENT_STREAMS",
          "WALLETSYNC_KAFKA_BOOTSTRAP_SERVERS",
          "WALLETSYNC_KAFKA_TOPIC",
          "WALLETSYNC_KAFKA_CLIENT_PROPERTIES",
          "WALLETSYNC_KAFKA_START",
          "WALLETSYNC_WEBHOOKS_ALLOW_LOCAL",
          "WALLETSYNC_WEBHOOKS_PORTS",
          "WALLETSYNC_WEBHOOKS_RETRIES",
          "WALLETSYNC_SMTP_HOST",
          "WALLETSYNC_SMTP_PORT",
          "WALLETSYNC_SMTP_STARTTLS",
          "WALLETSYNC_SMTP_USER",
          "WALLETSYNC_SMTP_PASSWORD",
          "WALLETSYNC_SMTP_FROM",
          // read by the launcher and the command line
          "WALLETSYNC_JAVA_OPTS",
          "WALLETSYNC_URL",
          "WALLETSYNC_KEY_ID",
          "WALLETSYNC_KEY_SECRET");
  private static final int MASTER_KEY_BYTES = 32;
  private static final int SHORTEST_SECRET_BYTES = 16;

  /** The first API key; its secret is the decoded bytes. */
  public record BootstrapKey(String keyId, OpaqueBytes secret) {}

  /** Reads the settings out of environment variables. */
  public static Settings from(Map<String, String> environment) {
    var variables = new Variables(environment);
    var settings =
        new Settings(
            variables
                .text("WALLETSYNC_DATA_DIR")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".walletsync"))
                .toAbsolutePath()
                .normalize(),
            variables
                .text("WALLETSYNC_DATABASE_URL")
                .map(url -> DatabaseAddress.parse("WALLETSYNC_DATABASE_URL", url)),
            variables
                .text("WALLETSYNC_DATABASE_OWNER_URL")
                .map(url -> DatabaseAddress.parse("WALLETSYNC_DATABASE_OWNER_URL", url)),
            variables.port("WALLETSYNC_PORT").orElse(8080),
            variables.address("WALLETSYNC_BIND"),
            variables.port("WALLETSYNC_MANAGEMENT_PORT"),
            variables.flag("WALLETSYNC_SCHEDULE_ENABLED", true),
            variables
                .base64("WALLETSYNC_MASTER_KEY")
                .map(
                    key -> {
                      if (key.length != MASTER_KEY_BYTES) {
                        throw new SettingsProblem(
                            "WALLETSYNC_MASTER_KEY must be the base64 of exactly 32 bytes, and is"
                                + " that of "
                                + key.length
                                + "; make one with: openssl rand -base64 32");
                      }
                      return key;
                    }),
            variables.bootstrapKey(),
            variables.providerUrls(),
            variables.retention(),
            variables.movementInterval(),
            variables.number("WALLETSYNC_EVENT_STREAMS", 1_000, 5_000),
            Publishing.read(variables::text),
            MessagingSettings.from(variables::text));
    if (settings.schemaOwner().isPresent() && settings.database().isEmpty()) {
      throw new SettingsProblem(
          "WALLETSYNC_DATABASE_OWNER_URL is set without WALLETSYNC_DATABASE_URL: set both, or"
              + " neither for the embedded database.");
    }
    return settings;
  }

  /** Variables that begin like ours and that nothing reads: most likely misspelt. */
  public static Set<String> unknownIn(Map<String, String> environment) {
    return environment.keySet().stream()
        .filter(name -> name.startsWith("WALLETSYNC_") && !KNOWN.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public String toString() {
    return "Settings[hidden]";
  }

  /**
   * How long things are kept that are not kept for ever.
   *
   * @param idempotency an answer is replayed to its key
   * @param events an event that waits for nothing
   */
  public record Retention(Duration idempotency, Duration events) {}

  /** One reader per kind of value, each with its own sentence for what is wrong. */
  private record Variables(Map<String, String> environment) {
    Optional<String> text(String name) {
      return Optional.ofNullable(environment.get(name))
          .map(String::strip)
          .filter(value -> !value.isEmpty());
    }

    OptionalInt port(String name) {
      var value = text(name).orElse(null);
      if (value == null) {
        return OptionalInt.empty();
      }
      if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
        throw new SettingsProblem(
            name + " must be a port number from 0 (any free port) to 65535, and is " + value + ".");
      }
      return OptionalInt.of(Integer.parseInt(value));
    }

    int number(String name, int otherwise, int most) {
      var value = text(name).orElse(String.valueOf(otherwise));
      if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) > most) {
        throw new SettingsProblem(
            name + " must be a number from 0 to " + most + ", and is " + value + ".");
      }
      return Integer.parseInt(value);
    }

    boolean flag(String name, boolean otherwise) {
      return switch (text(name).orElse(String.valueOf(otherwise))) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new SettingsProblem(name + " must be true or false.");
      };
    }

    InetAddress address(String name) {
      var value = text(name).orElse("127.0.0.1");
      try {
        return InetAddress.getByName(value);
      } catch (UnknownHostException e) {
        throw new SettingsProblem(
            name
                + " must be an address of this machine such as 127.0.0.1 or 0.0.0.0, and is "
                + value
                + ".",
            e);
      }
    }

    Optional<byte[]> base64(String name) {
      return text(name)
          .map(
              value -> {
                try {
                  return Base64.getDecoder().decode(value);
                } catch (IllegalArgumentException _) {
                  // without its cause, which would repeat part of a secret
                  throw new SettingsProblem(
                      name + " is not base64; make one with: openssl rand -base64 32");
                }
              });
    }

    Optional<BootstrapKey> bootstrapKey() {
      var id = text("WALLETSYNC_BOOTSTRAP_KEY_ID").orElse(null);
      var secret = base64("WALLETSYNC_BOOTSTRAP_KEY_SECRET").orElse(null);
      if (id == null && secret == null) {
        return Optional.empty();
      }
      if (id == null || secret == null) {
        throw new SettingsProblem(
            "WALLETSYNC_BOOTSTRAP_KEY_ID and WALLETSYNC_BOOTSTRAP_KEY_SECRET are only of use"
                + " together: set both or neither.");
      }
      if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
        throw new SettingsProblem(
            "WALLETSYNC_BOOTSTRAP_KEY_ID must be 1 to 64 characters out of A-Z a-z 0-9 _ -.");
      }
      if (secret.length < SHORTEST_SECRET_BYTES) {
        throw new SettingsProblem(
            "WALLETSYNC_BOOTSTRAP_KEY_SECRET must be the base64 of at least 16 bytes; make one"
                + " with: openssl rand -base64 32");
      }
      return Optional.of(new BootstrapKey(id, OpaqueBytes.of(secret)));
    }

    Retention retention() {
      return new Retention(
          duration(
              "WALLETSYNC_RETENTION_IDEMPOTENCY",
              Duration.ofHours(24),
              Duration.ofHours(1),
              Duration.ofDays(30)),
          duration(
              "WALLETSYNC_RETENTION_EVENTS",
              Duration.ofDays(30),
              Duration.ofDays(1),
              Duration.ofDays(3650)));
    }

    Optional<Duration> movementInterval() {
      var name = "WALLETSYNC_MOVEMENTS_INTERVAL";
      return text(name).filter("off"::equals).isPresent()
          ? Optional.empty()
          : Optional.of(
              duration(name, Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofDays(7)));
    }

    private Duration duration(String name, Duration otherwise, Duration least, Duration most) {
      var value = text(name).orElse(null);
      if (value == null) {
        return otherwise;
      }
      try {
        var duration = Duration.parse(value);
        if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
          return duration;
        }
      } catch (DateTimeParseException _) {
        // said below
      }
      throw new SettingsProblem(
          "%s must be an ISO 8601 duration from %s to %s, such as %s, and is %s."
              .formatted(name, least, most, otherwise, value));
    }

    ProviderUrls providerUrls() {
      var urls = new HashMap<String, URI>();
      for (var name : KNOWN) {
        if (name.startsWith(PROVIDERS)) {
          text(name)
              .ifPresent(
                  value -> urls.put(name.substring(PROVIDERS.length()), providerUrl(name, value)));
        }
      }
      return new ProviderUrls(urls);
    }

    private static URI providerUrl(String name, String value) {
      var url = uri(value);
      if (url == null
          || url.getHost() == null
          || url.getUserInfo() != null
          || url.getQuery() != null
          || url.getFragment() != null
          || !("https".equals(url.getScheme())
              || ("http".equals(url.getScheme()) && isThisMachine(url.getHost())))) {
        throw new SettingsProblem(
            name
                + " must be an https address without login, query or fragment; http is allowed to"
                + " this machine (127.0.0.1, localhost) only.");
      }
      return url;
    }

    private static @Nullable URI uri(String value) {
      try {
        return URI.create(value);
      } catch (IllegalArgumentException _) {
        return null;
      }
    }

    private static boolean isThisMachine(String host) {
      return Arrays.asList("localhost", "[::1]").contains(host)
          || host.matches("127(\\.[0-9]{1,3}){3}");
    }
  }
}
