package io.walletsync.server.config;

import io.walletsync.core.judgement.Runways;
import io.walletsync.core.runway.ForecastRunway;
import io.walletsync.core.runway.ForecastRunway.Outcome;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What alert rules ask about runways, as a pager would: as if the heaviest of the past weeks came
 * again and again and nothing came in. What nobody can forecast is missing.
 */
final class ForecastRunways implements Runways {
  private static final Duration HORIZON = Duration.ofDays(90);

  private final ForecastRunway forecastRunway;

  ForecastRunways(ForecastRunway forecastRunway) {
    this.forecastRunway = forecastRunway;
  }

  @Override
  public Map<WalletId, Lasting> of(Set<WalletId> wallets) {
    var lasts = new HashMap<WalletId, Lasting>();
    forecastRunway
        .forecast(
            new ForecastRunway.Query(wallets, Visibility.ALL, ZoneOffset.UTC, null, HORIZON, false))
        .forEach(
            (wallet, outcome) -> {
              if (outcome instanceof Outcome.Forecast(var runway)) {
                lasts.put(wallet, new Lasting(runway.lasts(runway.earliest()).orElse(null)));
              }
            });
    return lasts;
  }
}
