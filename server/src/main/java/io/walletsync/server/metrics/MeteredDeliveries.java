package io.walletsync.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.Reply;
import io.walletsync.core.delivery.DeliveryObserver;

/** Counts attempts to send, by channel and by what came of them. */
final class MeteredDeliveries implements DeliveryObserver {
  private final MeterRegistry registry;

  MeteredDeliveries(MeterRegistry registry) {
    this.registry = registry;
    for (var channel : Channel.Kind.values()) {
      count(channel, Reply.Result.TAKEN, 0);
    }
  }

  @Override
  public void tried(Channel.Kind channel, Reply reply) {
    count(channel, reply.result(), 1);
  }

  private void count(Channel.Kind channel, Reply.Result result, int attempts) {
    registry
        .counter(
            "walletsync.notifications.attempts", "channel", channel.code(), "result", result.code())
        .increment(attempts);
  }
}
