package io.walletsync.core.schedule;

import java.util.List;

/**
 * Told of outages inside the transaction that notes the turn they began or ended with: what it
 * writes is there exactly when that turn is.
 */
public interface OutageListener {
  /** Turns of these wallets have failed {@link Outage#BEGINS_AFTER} times in a row just now. */
  void onBegun(List<Outage> outages);

  /** The providers told the balances of these wallets again. */
  void onEnded(List<Outage> outages);
}
