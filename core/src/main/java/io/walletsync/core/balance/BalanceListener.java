package io.walletsync.core.balance;

import java.util.List;

/** Told of every balance change inside the transaction that records it. */
public interface BalanceListener {
  void onChange(List<WalletBalanceSnapshot> created);
}
