package io.walletsync.core.judgement;

import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Driven port: the channels that events are sent through, and whether they get through. */
public interface ChannelSilence {
  /** Those that have had something to deliver for longer than this without any success. */
  List<Silent> longerThan(Duration silence);

  /**
   * A channel that nothing gets through.
   *
   * @param visibility what of the events it may be told of
   * @param since when it last delivered, or first had something to deliver
   */
  record Silent(UUID channel, Visibility visibility, Instant since) {}
}
