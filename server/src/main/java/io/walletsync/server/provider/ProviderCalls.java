package io.walletsync.server.provider;

import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.wallet.Connection;
import java.net.http.HttpRequest;

/** How adapters call their providers. */
public interface ProviderCalls {
  /**
   * Sends a request that may be repeated, and waits for the whole answer or for the deadline.
   *
   * @param connection on whose behalf; its calls share a budget and a circuit
   */
  Result send(Connection connection, HttpRequest request, Deadline deadline);

  /** What came of a call. */
  sealed interface Result {
    /** A success by its status; what the body says is the adapter's to judge. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Answer(byte[] body) implements Result {}

    /**
     * The provider says that this request is wrong (4xx, but 429).
     *
     * @param body what it wrote, whole; an adapter that knows better reads it
     * @param failure what the status alone says
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Refused(int status, byte[] body, ProviderFailure failure) implements Result {}

    /** No usable answer. */
    record Failed(ProviderFailure failure) implements Result {}
  }
}
