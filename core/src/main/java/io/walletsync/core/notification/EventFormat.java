package io.walletsync.core.notification;

/** Driven port: writes what happened for others, the same for every way that it is told. */
public interface EventFormat {
  /** The JSON of one event, as the change feed shows it. */
  String write(Notification notification);
}
