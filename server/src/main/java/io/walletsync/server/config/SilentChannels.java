package io.walletsync.server.config;

import io.walletsync.core.judgement.ChannelSilence;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.Subscriptions;
import java.time.Duration;
import java.util.List;

/** The subscriptions that alert rules watch: each is a channel that somebody relies on. */
final class SilentChannels implements ChannelSilence {
  private final Subscriptions subscriptions;

  SilentChannels(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  @Override
  public List<Silent> longerThan(Duration silence) {
    return subscriptions.silentFor(silence).stream().map(SilentChannels::silent).toList();
  }

  private static Silent silent(Subscription subscription) {
    var heardAt = subscription.health().lastSuccessAt();
    return new Silent(
        subscription.id(),
        subscription.limit(),
        heardAt == null ? subscription.createdAt() : heardAt);
  }
}
