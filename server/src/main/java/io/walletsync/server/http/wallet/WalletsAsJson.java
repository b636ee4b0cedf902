package io.walletsync.server.http.wallet;

import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.server.http.access.Callers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Shows wallets together with where they stand in the queue, however many by one look. */
public final class WalletsAsJson {
  private final SyncQueue queue;

  public WalletsAsJson(SyncQueue queue) {
    this.queue = queue;
  }

  public WalletJson of(HttpServletRequest request, Wallet wallet) {
    return of(request, List.of(wallet)).apply(wallet);
  }

  /** For wallets that the caller may see. */
  public Function<Wallet, WalletJson> of(HttpServletRequest request, List<Wallet> wallets) {
    var standing =
        queue.standing(
            Callers.visibility(request), wallets.stream().map(Wallet::id).distinct().toList());
    return wallet ->
        WalletJson.of(
            wallet, Objects.requireNonNull(standing.get(wallet.id()), "the wallet is visible"));
  }
}
