package io.walletsync.server.webhook;

import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.Reply;
import io.walletsync.core.channel.Sender;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends signed messages as Standard Webhooks 1.0.0 says, one signature for each secret. */
final class WebhookSender implements Sender {
  private final HookCalls calls;

  WebhookSender(HookCalls calls) {
    this.calls = calls;
  }

  @Override
  public boolean isFor(Channel.Kind kind) {
    return kind == Channel.Kind.WEBHOOK;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public Reply send(Channel channel, Message message) {
    if (!(channel instanceof Channel.Webhook(var url))) {
      throw new IllegalArgumentException("no webhook");
    }
    var id = message.id().toString();
    var second = message.at().getEpochSecond();
    var signatures =
        message.secrets().stream()
            .map(secret -> secret.sign(id, second, message.payload()))
            .collect(Collectors.joining(" "));
    return calls.post(
        url,
        Map.of(
            "webhook-id", id,
            "webhook-timestamp", Long.toString(second),
            "webhook-signature", signatures),
        message.payload());
  }
}
