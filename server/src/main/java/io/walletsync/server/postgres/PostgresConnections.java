package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Environment;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Connections in PostgreSQL; credentials sealed for their row, removed ones without any. */
final class PostgresConnections implements Connections {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final SecretVault vault;
  private final RetiredWebhookSecrets retired;
  private final SchedulePlaces places;

  PostgresConnections(JdbcClient jdbc, SecretVault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.retired = new RetiredWebhookSecrets(jdbc, vault);
    this.places = new SchedulePlaces(jdbc);
  }

  @Override
  public boolean add(Connection connection, Credentials credentials, String identifyingSecret) {
    var sealed =
        vault.seal(MAPPER.writeValueAsBytes(credentials.fields()), boundTo(connection.id()));
    var environment = connection.environment();
    return jdbc.sql(
                """
                insert into connection (connection_id, provider, api_version, name, environment, secret_hint,
                                        sealed, sealed_by, secret_hash, created_at,
                                        calls_per_second, calls_per_day,
                                        sync_interval_seconds, sync_slowest_seconds)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (provider, secret_hash) do nothing
                """)
            .param(connection.id().value())
            .param(connection.provider().value())
            .param(connection.apiVersion())
            .param(connection.name())
            .param(environment == null ? null : environment.name())
            .param(connection.secretHint())
            .param(sealed.bytes())
            .param(sealed.keyId())
            .param(vault.keyedHash(identifyingSecret.getBytes(StandardCharsets.UTF_8)))
            .param(timestamp(connection.createdAt()))
            .param(connection.callBudget().perSecond())
            .param(connection.callBudget().perDay())
            .param(ScheduleColumns.interval(connection.schedule()))
            .param(ScheduleColumns.slowest(connection.schedule()))
            .update()
        == 1;
  }

  @Override
  public Optional<Connection> find(ConnectionId id, Visibility visibility) {
    return select(id, visibility, "");
  }

  @Override
  public Optional<Connection> lock(ConnectionId id, Visibility visibility) {
    return select(id, visibility, "for update");
  }

  private Optional<Connection> select(ConnectionId id, Visibility visibility, String locking) {
    return jdbc.sql(
            """
            select connection_id, provider, api_version, name, environment, secret_hint, created_at,
                   calls_per_second, calls_per_day, sync_interval_seconds, sync_slowest_seconds
              from connection
             where connection_id = :id and removed_at is null
               and (:visible::uuid[] is null or connection_id = any (:visible::uuid[]))
            """
                + locking)
        .param("id", id.value())
        .param("visible", uuids(visibility.connections()))
        .query((row, _) -> connection(row))
        .optional();
  }

  @Override
  public Optional<OpenConnection> open(ConnectionId id) {
    return Optional.ofNullable(openAll(Set.of(id)).get(id));
  }

  @Override
  public Map<ConnectionId, OpenConnection> openAll(Set<ConnectionId> ids) {
    return jdbc
        .sql(
            """
            select connection_id, provider, api_version, name, environment, secret_hint, created_at,
                   calls_per_second, calls_per_day, sync_interval_seconds, sync_slowest_seconds,
                   sealed, sealed_by
              from connection
             where connection_id = any ((select ?::uuid[])::uuid[]) and removed_at is null
            """)
        .param(array("uuid", ids, ConnectionId::value))
        .query((row, _) -> new OpenConnection(connection(row), credentials(row)))
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableMap(it -> it.connection().id(), Function.identity()));
  }

  @Override
  public Page<Connection> page(Visibility visibility, @Nullable ConnectionId after, int limit) {
    return Page.of(
        jdbc.sql(
                """
                select connection_id, provider, api_version, name, environment, secret_hint, created_at,
                       calls_per_second, calls_per_day, sync_interval_seconds, sync_slowest_seconds
                  from connection
                 where removed_at is null
                   and (:visible::uuid[] is null or connection_id = any (:visible::uuid[]))
                   and (:after::uuid is null or connection_id > :after::uuid)
                 order by connection_id
                 limit :limit
                """)
            .param("visible", uuids(visibility.connections()))
            .param("after", after == null ? null : after.value())
            .param("limit", limit + 1)
            .query((row, _) -> connection(row))
            .list(),
        limit);
  }

  @Override
  public void update(Connection connection) {
    places.follow(connection);
    jdbc.sql(
            """
            update connection
               set calls_per_second = ?, calls_per_day = ?, sync_interval_seconds = ?,
                   sync_slowest_seconds = ?
             where connection_id = ?
            """)
        .param(connection.callBudget().perSecond())
        .param(connection.callBudget().perDay())
        .param(ScheduleColumns.interval(connection.schedule()))
        .param(ScheduleColumns.slowest(connection.schedule()))
        .param(connection.id().value())
        .update();
  }

  @Override
  public boolean replaceCredentials(
      ConnectionId id,
      Credentials credentials,
      String identifyingSecret,
      @Nullable String secretHint) {
    var sealed = vault.seal(MAPPER.writeValueAsBytes(credentials.fields()), boundTo(id));
    var hash = vault.keyedHash(identifyingSecret.getBytes(StandardCharsets.UTF_8));
    var replaced =
        jdbc.sql(
                    """
                update connection
                   set sealed = ?, sealed_by = ?, secret_hash = ?, secret_hint = ?
                 where connection_id = ?
                   and not exists (
                         select 1 from connection as other
                          where other.provider = connection.provider
                            and other.secret_hash = ?
                            and other.connection_id <> connection.connection_id)
                """)
                .param(sealed.bytes())
                .param(sealed.keyId())
                .param(hash)
                .param(secretHint)
                .param(id.value())
                .param(hash)
                .update()
            == 1;
    if (replaced) {
      places.retry(id);
    }
    return replaced;
  }

  @Override
  public void retireWebhookSecret(ConnectionId id, String secret, Duration validFor) {
    retired.add(id, secret, validFor);
  }

  @Override
  public List<String> retiredWebhookSecrets(ConnectionId id) {
    return retired.of(id);
  }

  @Override
  public int forgetRetiredSecrets(int atMost) {
    return retired.forgetExpired(atMost);
  }

  @Override
  public void remove(ConnectionId id) {
    retired.forget(id);
    jdbc.sql(
            """
            update connection
               set removed_at = clock_timestamp(), sealed = null, sealed_by = null,
                   secret_hash = null, secret_hint = null
             where connection_id = ?
            """)
        .param(id.value())
        .update();
  }

  private static Connection connection(ResultSet row) throws SQLException {
    var environment = row.getString("environment");
    return new Connection(
        new ConnectionId(uuid(row, "connection_id")),
        new ProviderId(row.getString("provider")),
        row.getString("api_version"),
        row.getString("name"),
        environment == null ? null : Environment.valueOf(environment),
        row.getString("secret_hint"),
        instant(row, "created_at"),
        new CallBudget(
            row.getObject("calls_per_second", Integer.class),
            row.getObject("calls_per_day", Integer.class)),
        ScheduleColumns.read(row, ""));
  }

  private Credentials credentials(ResultSet row) throws SQLException {
    var sealed = new SecretVault.Sealed(row.getString("sealed_by"), row.getBytes("sealed"));
    var id = new ConnectionId(uuid(row, "connection_id"));
    return new Credentials(MAPPER.readValue(vault.open(sealed, boundTo(id)), FIELDS));
  }

  /** Sealed bytes moved to another row do not open there. */
  private static String boundTo(ConnectionId id) {
    return "connection/" + id;
  }
}
