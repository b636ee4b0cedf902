package io.walletsync.server.support;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** A real broker as a process of its own, which keeps its data when it is killed. */
public final class KafkaBroker {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LOGGING =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %p %c %m%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="OUT"/></root>
      </configuration>
      """;

  private static @Nullable KafkaBroker shared;

  private final Path folder;
  private final int port = freePort();
  private final int controllerPort = freePort();
  private @Nullable Process process;

  private KafkaBroker() {
    try {
      folder = Files.createTempDirectory("walletsync-kafka");
      Files.writeString(folder.resolve("logback.xml"), LOGGING);
      Files.writeString(folder.resolve("server.properties"), properties());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    start();
  }

  /** One for all tests of this process. */
  public static synchronized KafkaBroker shared() {
    if (shared == null) {
      shared = new KafkaBroker();
    }
    return shared;
  }

  private String properties() {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        log.dirs=%3$s
        num.partitions=3
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        group.initial.rebalance.delay.ms=0
        broker.session.timeout.ms=3000
        broker.heartbeat.interval.ms=300
        """
        .formatted(port, controllerPort, folder.resolve("data"));
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Starts it again, with what it had. */
  public void start() {
    try {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx256m",
                  "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  folder.resolve("server.properties").toString(),
                  folder.resolve("data").toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Eventually.within(PATIENCE, "the broker in " + folder, this::isReady);
  }

  private boolean isReady() {
    if (!requireNonNull(process).isAlive()) {
      throw new AssertionError("the broker ended: " + output());
    }
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port);
        var admin =
            Admin.create(
                Map.of(
                    "bootstrap.servers",
                    address(),
                    "request.timeout.ms",
                    1_000,
                    "default.api.timeout.ms",
                    1_000))) {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (IOException | KafkaException | ExecutionException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it with SIGKILL and waits until it is gone. */
  public void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process: formats its folder the first time. By reflection, for its classes are Scala's. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
      var properties = arguments[0];
      if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
        String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", properties};
        var _ =
            Class.forName("kafka.tools.StorageTool")
                .getMethod("execute", String[].class, PrintStream.class)
                .invoke(null, format, System.out);
      }
      var _ =
          Class.forName("kafka.Kafka")
              .getMethod("main", String[].class)
              .invoke(null, (Object) new String[] {properties});
    }
  }
}
