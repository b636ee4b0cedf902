package io.walletsync.core.memory;

import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.event.ProviderEvent;
import io.walletsync.core.event.ProviderEvent.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event with what is kept apart from it.
 *
 * @param waitingSince when it was received or replayed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record EventRow(ProviderEvent event, byte[] body, Instant waitingSince) {
  boolean isWaiting() {
    return event.status() == Status.WAITING;
  }

  /** Whether a sync of this concern that started then serves it. */
  boolean isServed(Concern concern, Instant startedAt) {
    return isWaiting()
        && !waitingSince.isAfter(startedAt)
        && switch (concern) {
          case Concern.Nothing() -> false;
          case Concern.Everything() -> true;
          case Concern.Currencies(var served) ->
              event.notice().concern() instanceof Concern.Currencies(var mine)
                  && served.containsAll(mine);
        };
  }

  EventRow restarted(Notice notice, Instant now) {
    var status = Status.first(notice.concern());
    var again =
        new Notice(
            notice.type(), event.notice().eventId(), event.notice().contentKey(), notice.concern());
    return new EventRow(
        with(again, status, 0, status == Status.WAITING ? null : now, null), body, now);
  }

  /** After one more attempt. */
  EventRow tried(Status status, Instant now, @Nullable String error) {
    return new EventRow(
        with(
            event.notice(),
            status,
            event.attempts() + 1,
            status == Status.WAITING ? null : now,
            error),
        body,
        waitingSince);
  }

  EventRow ignored(Instant now, String reason) {
    return new EventRow(
        with(event.notice(), Status.IGNORED, event.attempts(), now, reason), body, waitingSince);
  }

  private ProviderEvent with(
      Notice notice,
      Status status,
      int attempts,
      @Nullable Instant processedAt,
      @Nullable String lastError) {
    return new ProviderEvent(
        event.id(),
        event.connection(),
        event.provider(),
        notice,
        event.bodyBytes(),
        event.receivedAt(),
        status,
        attempts,
        processedAt,
        lastError);
  }
}
