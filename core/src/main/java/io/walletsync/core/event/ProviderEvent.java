package io.walletsync.core.event;

import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification that was proved and kept once. What was delivered is kept apart and never shown.
 *
 * @param bodyBytes how large the delivered body is
 * @param receivedAt when it was stored, by the database's clock
 * @param attempts how many syncs were made for it since it was received or replayed
 * @param processedAt when it came to its end; null while it waits
 * @param lastError a code of ours for why the last sync did not serve it; null where none failed
 */
public record ProviderEvent(
    UUID id,
    ConnectionId connection,
    ProviderId provider,
    Notice notice,
    int bodyBytes,
    Instant receivedAt,
    Status status,
    int attempts,
    @Nullable Instant processedAt,
    @Nullable String lastError) {
  /** Where an event is in its life; the names are stored. */
  public enum Status {
    /** A sync for it is due. */
    WAITING,
    /** A sync that started after it came has served it. */
    DONE,
    /** It moves no money, or its connection was removed. */
    IGNORED,
    /** Its syncs failed too often; it waits for somebody to replay it. */
    FAILED;

    /** How an event begins that concerns these wallets. */
    public static Status first(Notice.Concern concern) {
      return switch (concern) {
        case Notice.Concern.Nothing() -> IGNORED;
        case Notice.Concern.Currencies _, Notice.Concern.Everything() -> WAITING;
      };
    }
  }
}
