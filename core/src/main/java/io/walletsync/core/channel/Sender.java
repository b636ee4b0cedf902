package io.walletsync.core.channel;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Driven port: brings a message where a channel leads, once, and is back within its deadline of
 * {@value #DEADLINE_SECONDS} s whatever happens. It throws nothing for what a receiver does.
 */
public interface Sender {
  int DEADLINE_SECONDS = 15;

  /** Whether it is for channels like this one. */
  boolean isFor(Channel.Kind kind);

  /** Whether this server is set up for it. */
  boolean isReady();

  Reply send(Channel channel, Message message);

  /**
   * What is sent.
   *
   * @param id the same each time, without a dot
   * @param at of this attempt
   * @param payload for a webhook JSON, for people a subject and behind an empty line a text
   * @param secrets each of which signs it
   */
  record Message(UUID id, Instant at, String payload, List<WebhookSecret> secrets) {
    @Override
    public String toString() {
      return "Message[" + id + "]";
    }
  }
}
