package io.walletsync.server.http.connection;

import io.walletsync.core.provider.CheckConnection.Offer;
import io.walletsync.core.provider.Finding;
import io.walletsync.core.wallet.ConnectionId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a check found.
 *
 * @param works whether balances can be read over the connection
 * @param offers what the provider tells over it; empty where it does not work
 */
@JsonNaming(SnakeCaseStrategy.class)
record ConnectionCheckJson(
    UUID connectionId, boolean works, List<FindingJson> findings, List<OfferJson> offers) {

  static ConnectionCheckJson of(
      ConnectionId connection, List<Finding> findings, List<Offer> offers) {
    return new ConnectionCheckJson(
        connection.value(),
        findings.stream().allMatch(finding -> finding.state() == Finding.State.OK),
        findings.stream().map(FindingJson::of).toList(),
        offers.stream().map(OfferJson::of).toList());
  }

  /** One side of the connection, and what to do where something is wrong. */
  @JsonNaming(SnakeCaseStrategy.class)
  record FindingJson(String aspect, String state, String detail) {
    static FindingJson of(Finding finding) {
      return new FindingJson(finding.aspect().code(), finding.state().code(), finding.words());
    }
  }

  /** A balance that can be had, and its wallet where one is registered. */
  @JsonNaming(SnakeCaseStrategy.class)
  record OfferJson(@Nullable String providerAccountId, String currency, @Nullable UUID walletId) {
    static OfferJson of(Offer offer) {
      var account = offer.holding().providerAccountId();
      return new OfferJson(
          account.isEmpty() ? null : account,
          offer.holding().currency().value(),
          offer.wallet().map(wallet -> wallet.id().value()).orElse(null));
    }
  }
}
