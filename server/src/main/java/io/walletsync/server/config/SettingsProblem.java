package io.walletsync.server.config;

import org.springframework.boot.web.server.PortInUseException;

/** A setting, or what it points at, is wrong. The message is one sentence for whoever set it. */
public final class SettingsProblem extends RuntimeException {
  public SettingsProblem(String message) {
    super(message);
  }

  public SettingsProblem(String message, Throwable cause) {
    super(message, cause);
  }

  /** The settings problem that caused the exception, or else the exception. */
  static RuntimeException within(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SettingsProblem problem) {
        return problem;
      }
      if (cause instanceof PortInUseException taken) {
        // it was free when the start began
        return new SettingsProblem(
            "Port " + taken.getPort() + " was taken while WalletSync started: start again.", e);
      }
    }
    return e;
  }
}
