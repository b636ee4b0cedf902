package io.walletsync.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a load balancer and an orchestrator are told. */
class HealthTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aLostDatabaseMakesTheServerUnreadyButNotDead() {
    try (var server = TestServer.start(DATABASE, URI.create("http://127.0.0.1:9"))) {
      assertThat(status(server, "/liveness")).isEqualTo(200);
      assertThat(status(server, "/readiness")).isEqualTo(200);

      DATABASE.goAway();
      assertThat(status(server, "/readiness")).isEqualTo(503);
      assertThat(status(server, "")).isEqualTo(503);
      assertThat(status(server, "/liveness")).isEqualTo(200);

      DATABASE.comeBack();
      while (status(server, "/readiness") != 200) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    } finally {
      DATABASE.comeBack();
    }
  }

  @Test
  void aClockThatAgreesIsHealthy() {
    assertThat(clockOff(Duration.ZERO)).isEqualTo(Status.UP);
    assertThat(clockOff(Duration.ofSeconds(4))).isEqualTo(Status.UP);
    assertThat(clockOff(Duration.ofSeconds(-4))).isEqualTo(Status.UP);
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, -8, 8, 30})
  void aClockFarFromTheDatabasesIsNot(long seconds) {
    assertThat(clockOff(Duration.ofSeconds(seconds))).isEqualTo(Status.OUT_OF_SERVICE);
  }

  @Test
  void withoutADatabaseTheClockIsUnknownAndThatIsNotHealthy() {
    var gone = TestDatabase.create();
    gone.goAway();

    var health =
        new ClockHealth(JdbcClient.create(gone.asApplication()), InstantSource.system()).health();

    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
  }

  private static Status clockOff(Duration by) {
    InstantSource clock = () -> InstantSource.system().instant().plus(by);
    return new ClockHealth(JdbcClient.create(DATABASE.asApplication()), clock).health().getStatus();
  }

  private static int status(TestServer server, String group) {
    var path = "/actuator/health" + group;
    return ApiClient.send(HttpRequest.newBuilder(server.address().resolve(path)).build()).status();
  }
}
