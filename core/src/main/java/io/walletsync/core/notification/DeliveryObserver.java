package io.walletsync.core.notification;

/** Driven port: told of attempts to send, outside any transaction. */
public interface DeliveryObserver {
  /** A message was sent, or could not be. */
  void tried(Channel.Kind channel, Reply reply);
}
