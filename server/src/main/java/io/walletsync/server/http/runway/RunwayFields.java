package io.walletsync.server.http.runway;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.runway.ForecastRunway;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.wire.DecimalText;
import io.walletsync.server.http.wire.DurationText;
import io.walletsync.server.http.wire.QueryFields;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a forecast: by the hours of UTC, as if nothing came in, unless they say so. */
record RunwayFields(@Nullable BigDecimal minimum, ZoneId zone, boolean countsInflows) {
  static RunwayFields read(QueryFields fields) {
    var minimum = fields.optional("minimum", DecimalText::parseUnsigned);
    var zone = fields.optional("tz", RunwayFields::zone);
    var inflows = fields.optional("inflows", RunwayFields::areCounted);
    return new RunwayFields(
        minimum, zone == null ? ZoneOffset.UTC : zone, Boolean.TRUE.equals(inflows));
  }

  ForecastRunway.Query query(WalletId wallet, Visibility visibility, Duration horizon) {
    return new ForecastRunway.Query(
        Set.of(wallet), visibility, zone, minimum, horizon, countsInflows);
  }

  static Duration horizon(String text) {
    return ForecastRunway.checkedHorizon(DurationText.parse(text));
  }

  private static Boolean areCounted(String text) {
    return switch (text) {
      case "counted" -> true;
      case "ignored" -> false;
      default -> throw new InvalidValue("must be counted or ignored");
    };
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException _) {
      throw new InvalidValue("must be a time zone such as Africa/Lagos");
    }
  }
}
