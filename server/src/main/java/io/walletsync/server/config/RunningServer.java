package io.walletsync.server.config;

import io.walletsync.server.postgres.MasterKey;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A WalletSync that serves requests. Everything a wrong setting can break is tried before the
 * application starts, so that each problem is one sentence.
 */
public final class RunningServer implements AutoCloseable {
  private static final int ANY_FREE = 0;

  private final ConfigurableApplicationContext context;
  private final InetAddress bind;

  private RunningServer(ConfigurableApplicationContext context, InetAddress bind) {
    this.context = context;
    this.bind = bind;
  }

  /** Starts, or throws a {@link SettingsProblem}. */
  public static RunningServer start(Settings settings) {
    return start(settings, Map.of());
  }

  /**
   * Starts, or throws a {@link SettingsProblem}.
   *
   * @param overrides Spring properties that go before those of the application
   */
  public static RunningServer start(Settings settings, Map<String, Object> overrides) {
    return start(settings, overrides, InstantSource.system());
  }

  /**
   * Starts, or throws a {@link SettingsProblem}.
   *
   * @param overrides Spring properties that go before those of the application
   * @param clock this node's clock, which may be wrong
   */
  public static RunningServer start(
      Settings settings, Map<String, Object> overrides, InstantSource clock) {
    requireOurs(settings.bind());
    requireFree("WALLETSYNC_PORT", settings.bind(), settings.port());
    settings
        .managementPort()
        .ifPresent(port -> requireFree("WALLETSYNC_MANAGEMENT_PORT", settings.bind(), port));
    var properties = properties(settings);
    properties.putAll(overrides);
    try {
      var context =
          new SpringApplicationBuilder(ApplicationConfiguration.class)
              .bannerMode(Banner.Mode.OFF)
              .logStartupInfo(false)
              .initializers(
                  application -> prepare((GenericApplicationContext) application, settings, clock))
              .run(arguments(properties));
      return new RunningServer(context, settings.bind());
    } catch (RuntimeException e) {
      throw SettingsProblem.within(e);
    }
  }

  /** Opens what the application stands on. Logging is set up by now, the pool is not yet made. */
  private static void prepare(
      GenericApplicationContext application, Settings settings, InstantSource clock) {
    var database = Database.open(settings);
    try {
      database.migrate();
      var masterKey = MasterKeys.find(settings, database);
      application.registerBean(Settings.class, () -> settings);
      application.registerBean(InstantSource.class, () -> clock);
      application.registerBean(MasterKey.class, () -> masterKey);
      // a bean that the pool needs, so it is closed after the pool
      application.getDefaultListableBeanFactory().registerSingleton("database", database);
      application
          .getDefaultListableBeanFactory()
          .registerDisposableBean("database", database::close);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** As arguments, for those go before everything else that Spring reads. */
  private static String[] arguments(Map<String, Object> properties) {
    return properties.entrySet().stream()
        .map(property -> "--" + property.getKey() + "=" + property.getValue())
        .toArray(String[]::new);
  }

  private static Map<String, Object> properties(Settings settings) {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("server.port", settings.port());
    properties.put("server.address", settings.bind().getHostAddress());
    settings
        .managementPort()
        .ifPresent(
            port -> {
              properties.put("management.server.port", port);
              properties.put("management.server.address", settings.bind().getHostAddress());
            });
    properties.put(PublishConfiguration.ENABLED, settings.publishing().isPresent());
    return properties;
  }

  private static void requireOurs(InetAddress bind) {
    try {
      listen(bind, ANY_FREE);
    } catch (IOException e) {
      throw new SettingsProblem(
          "Cannot listen on %s (%s): set WALLETSYNC_BIND to an address of this machine."
              .formatted(bind.getHostAddress(), e.getMessage()),
          e);
    }
  }

  private static void requireFree(String setting, InetAddress bind, int port) {
    try {
      listen(bind, port);
    } catch (IOException e) {
      throw new SettingsProblem(
          "Cannot listen on %s port %d (%s): stop what uses it, or set %s to another port."
              .formatted(bind.getHostAddress(), port, e.getMessage(), setting),
          e);
    }
  }

  private static void listen(InetAddress bind, int port) throws IOException {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(bind, port));
    }
  }

  /** The port it listens on, which is a free one where 0 was asked for. */
  public int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** Where it can be called. */
  public URI address() {
    var host =
        bind.isAnyLocalAddress()
            ? "127.0.0.1"
            : (bind instanceof Inet6Address
                ? "[" + bind.getHostAddress() + "]"
                : bind.getHostAddress());
    return URI.create("http://" + host + ":" + port());
  }

  /** The parts it is made of, for tests that look inside. */
  public ApplicationContext context() {
    return context;
  }

  @Override
  public void close() {
    context.close();
  }
}
