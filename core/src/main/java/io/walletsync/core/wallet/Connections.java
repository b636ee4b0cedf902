package io.walletsync.core.wallet;

import io.walletsync.core.kernel.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Driven port: where connections and, sealed, their credentials are kept. */
public interface Connections {
  /**
   * Keeps a connection. Returns false, and changes nothing, when another connection already holds
   * the same identifying secret at the same provider; races included.
   */
  boolean add(Connection connection, Credentials credentials, String identifyingSecret);

  /** A connection that has not been removed. */
  Optional<Connection> find(ConnectionId id, Visibility visibility);

  /**
   * Like {@link #find}, and nobody else removes it or takes it this way until the transaction ends.
   */
  Optional<Connection> lock(ConnectionId id, Visibility visibility);

  /** What calling the provider takes; empty when the connection was removed. */
  Optional<OpenConnection> open(ConnectionId id);

  /** Like {@link #open(ConnectionId)} for many; those that were removed are missing. */
  Map<ConnectionId, OpenConnection> openAll(Set<ConnectionId> ids);

  /** Like {@link #open(ConnectionId)}, and empty when the caller may not see the connection. */
  default Optional<OpenConnection> open(ConnectionId id, Visibility visibility) {
    return visibility.includes(id) ? open(id) : Optional.empty();
  }

  /** Lists connections, oldest first. */
  Page<Connection> page(Visibility visibility, @Nullable ConnectionId after, int limit);

  /**
   * Replaces call budget and schedule of a locked connection. Where the schedule changes, wallets
   * that inherit it lose a turn that is under way and are due one interval from now at the latest.
   */
  void update(Connection connection);

  /**
   * Puts other credentials in the place of a locked connection's. Returns false, and changes
   * nothing, when another connection already holds the same identifying secret at the provider.
   * Wallets whose last turns failed are due at once.
   */
  boolean replaceCredentials(
      ConnectionId id,
      Credentials credentials,
      String identifyingSecret,
      @Nullable String secretHint);

  /** Goes on accepting a webhook secret that a connection had, from now for so long. */
  void retireWebhookSecret(ConnectionId id, String secret, Duration validFor);

  /** The webhook secrets that a connection had and that are still accepted, newest first. */
  List<String> retiredWebhookSecrets(ConnectionId id);

  /** Deletes at most so many retired secrets whose time is over, oldest first; returns how many. */
  int forgetRetiredSecrets(int atMost);

  /**
   * Forgets the credentials, retired ones too, and hides the connection; its wallets and their
   * history stay.
   */
  void remove(ConnectionId id);

  /** A connection together with its credentials. */
  record OpenConnection(Connection connection, Credentials credentials) {}
}
