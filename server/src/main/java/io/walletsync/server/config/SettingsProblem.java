package io.walletsync.server.config;

/** A setting, or what it points at, is wrong. The message is one sentence for whoever set it. */
public final class SettingsProblem extends RuntimeException {
  public SettingsProblem(String message) {
    super(message);
  }

  public SettingsProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
