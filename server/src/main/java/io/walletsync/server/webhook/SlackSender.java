package io.walletsync.server.webhook;

import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.Reply;
import io.walletsync.core.channel.Sender;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Sends texts in the form of Slack's incoming webhooks, which others take too. */
final class SlackSender implements Sender {
  private final HookCalls calls;

  SlackSender(HookCalls calls) {
    this.calls = calls;
  }

  @Override
  public boolean isFor(Channel.Kind kind) {
    return kind == Channel.Kind.SLACK;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public Reply send(Channel channel, Message message) {
    if (!(channel instanceof Channel.Slack(var url))) {
      throw new IllegalArgumentException("no Slack channel");
    }
    var text = Map.of("text", escaped(message.payload()));
    return calls.post(url, Map.of(), JsonMapper.shared().writeValueAsString(text));
  }

  /** Or a name could mention everybody in the room, or hide an address behind a word. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
