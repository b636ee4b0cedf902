package io.walletsync.core.publishing;

/** Driven port: hears what becomes of events on their way to a topic, to count it. */
public interface PublishObserver {
  /** So many were acknowledged, and the bookmark is behind them. */
  void published(int events);

  /** The topic did not take all that it was sent; it is tried again. */
  void failed();
}
