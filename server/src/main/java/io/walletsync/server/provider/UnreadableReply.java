package io.walletsync.server.provider;

/**
 * A reply that is not what the provider documents. Checked, so that no adapter forgets to turn it
 * into a failure; it says nothing of what the reply contained.
 */
public final class UnreadableReply extends Exception {
  public UnreadableReply() {
    super("the reply is not what the provider documents", null, false, false);
  }
}
