package io.walletsync.core.audit;

import io.walletsync.core.kernel.Page;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Driven port: the append-only audit trail. */
public interface AuditTrail {
  /**
   * Appends entries in the caller's open transaction, so that an entry exists exactly when the
   * change it tells of does. An entry that is there already is left as it is, so that whoever does
   * not know whether a commit happened can append again.
   */
  void append(List<AuditEntry> entries);

  /** Lists entries, newest first. */
  Page<AuditEntry> page(Query query);

  /**
   * What to list; null means any.
   *
   * @param connections only entries about these connections; null for all entries
   * @param before only entries older than this one: the last one of the previous page
   */
  record Query(
      @Nullable String action,
      @Nullable UUID subjectId,
      @Nullable Set<UUID> connections,
      @Nullable UUID before,
      int limit) {}
}
