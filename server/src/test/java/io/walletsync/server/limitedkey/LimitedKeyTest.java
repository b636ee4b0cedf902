package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiRoute;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An API key that is limited to one of two connections walks every route: for it nothing else
 * exists, and what exists elsewhere looks like what exists nowhere.
 */
class LimitedKeyTest {
  private static TwoConnections at;

  @BeforeAll
  static void start() {
    at = new TwoConnections();
  }

  @AfterAll
  static void stop() {
    at.close();
  }

  @Test
  void seesAndChangesNothingOutsideItsLimitOnAnyRoute() {
    var walks = new Walks();
    Stream.of(
            new ConnectionWalks(at, walks),
            new WalletWalks(at, walks),
            new SyncWalks(at, walks),
            new BalanceWalks(at, walks),
            new MovementWalks(at, walks),
            new AccessWalks(at, walks),
            new EventWalks(at, walks),
            new ReconciliationWalks(at, walks),
            new AlertWalks(at, walks),
            new PayoutWalks(at, walks),
            new RunwayWalks(at, walks),
            new FeedWalks(at, walks),
            new SubscriptionWalks(at, walks),
            new ExportWalks(at, walks))
        .forEach(Walk::lay);
    assertThat(walks.routes())
        .as("a new route needs a walk here")
        .containsExactlyInAnyOrderElementsOf(
            ApiRoute.all(at.server).stream().map(ApiRoute::name).toList());
    var outside = at.outside();
    var calls = at.paystack.calls(TwoConnections.OTHER_SECRET);

    walks.walk();

    assertThat(at.outside()).isEqualTo(outside);
    assertThat(at.paystack.calls(TwoConnections.OTHER_SECRET)).isEqualTo(calls);
  }
}
