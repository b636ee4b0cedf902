package io.walletsync.server.config;

import org.springframework.boot.SpringBootExceptionReporter;

/** Keeps Spring from logging a settings problem with its stack: the command prints its sentence. */
final class SettingsProblemReporter implements SpringBootExceptionReporter {
  @Override
  public boolean reportException(Throwable failure) {
    return failure instanceof RuntimeException e
        && SettingsProblem.within(e) instanceof SettingsProblem;
  }
}
