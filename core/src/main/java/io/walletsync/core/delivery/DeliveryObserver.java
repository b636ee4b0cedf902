package io.walletsync.core.delivery;

import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.Reply;

/** Driven port: told of attempts to send, outside any transaction. */
public interface DeliveryObserver {
  /** A message was sent, or could not be. */
  void tried(Channel.Kind channel, Reply reply);
}
