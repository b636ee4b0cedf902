package io.walletsync.core.channel;

import io.walletsync.core.channel.Reply.Result;
import java.util.List;
import java.util.Optional;

/** The ways that this server can send; whatever breaks on one of them is a failed attempt. */
public final class Senders {
  private final List<Sender> senders;

  public Senders(List<Sender> senders) {
    this.senders = List.copyOf(senders);
  }

  /** Whether channels of this kind can be served. */
  public boolean isReady(Channel.Kind kind) {
    return of(kind).filter(Sender::isReady).isPresent();
  }

  public Reply send(Channel channel, Sender.Message message) {
    var sender = of(channel.kind()).filter(Sender::isReady);
    if (sender.isEmpty()) {
      return Reply.of(Result.NOT_CONFIGURED);
    }
    try {
      return sender.get().send(channel, message);
    } catch (RuntimeException _) {
      // without its words, which may repeat an address
      return Reply.of(Result.INTERNAL);
    }
  }

  private Optional<Sender> of(Channel.Kind kind) {
    return senders.stream().filter(sender -> sender.isFor(kind)).findFirst();
  }
}
