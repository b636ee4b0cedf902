package io.walletsync.core.audit;

import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Microseconds;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives entries their id and time and appends them in the open transaction. */
public final class Auditor {
  private final AuditTrail trail;
  private final Ids ids;
  private final InstantSource clock;

  public Auditor(AuditTrail trail, Ids ids, InstantSource clock) {
    this.trail = trail;
    this.ids = ids;
    this.clock = clock;
  }

  /** An entry about now that is not appended yet, for writers that append many at once. */
  public AuditEntry entry(
      Actor actor,
      String action,
      String resource,
      UUID subjectId,
      @Nullable UUID connectionId,
      String outcome,
      SortedMap<String, @Nullable String> details) {
    return new AuditEntry(
        ids.next(),
        Microseconds.cut(clock.instant()),
        actor,
        action,
        resource,
        subjectId,
        connectionId,
        outcome,
        details);
  }

  public void append(AuditEntry entry) {
    trail.append(List.of(entry));
  }

  public void append(List<AuditEntry> entries) {
    trail.append(entries);
  }
}
