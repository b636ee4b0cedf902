package io.walletsync.server.config;

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
    }
    return e;
  }
}
