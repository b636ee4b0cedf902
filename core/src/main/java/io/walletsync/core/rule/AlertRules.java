package io.walletsync.core.rule;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.Visibility;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: the rules, and a version that grows with each change of any of them, so that a copy
 * of them can be kept and known to be old.
 */
public interface AlertRules {
  /** All rules that are not deleted, enabled or not, as they are now. */
  List<AlertRule> all();

  /** Keeps a new one, in force from now by the database's clock, and moves the version. */
  AlertRule add(AlertRule rule);

  /** Like {@link #find}, and locked until the transaction ends. */
  Optional<AlertRule> lock(UUID id, Visibility visibility);

  /**
   * Replaces a locked one and moves the version. With another revision it is in force from now on
   * and its wallets are to be walked.
   */
  AlertRule replace(AlertRule rule);

  /** Deletes a locked one, and moves the version; its alerts stay. */
  void delete(UUID id);

  /**
   * The revisions of those of these rules that are enabled, which nobody changes until the
   * transaction ends.
   */
  Map<UUID, Integer> hold(Collection<UUID> rules);

  /** Notes that the wallets of a rule were looked at, if it still has that revision. */
  void walked(UUID id, int revision);

  /** Until when changes of wallets were looked at, and moves that time. */
  Instant changesSeenUntil();

  void seeChangesUntil(Instant until);

  Optional<AlertRule> find(UUID id, Visibility visibility);

  /** How many there are. */
  long count();

  /** How many of them one API key made. */
  long countOf(UUID maker);

  /** Lists rules, newest first. */
  Page<AlertRule> page(Query query);

  /**
   * What to list; null means any.
   *
   * @param before the last rule of the previous page
   */
  record Query(
      Visibility visibility,
      @Nullable AlertKind kind,
      @Nullable Boolean enabled,
      @Nullable UUID before,
      int limit) {}
}
