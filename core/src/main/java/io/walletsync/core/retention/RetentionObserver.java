package io.walletsync.core.retention;

/** Driven port: told what was forgotten, outside any transaction. */
public interface RetentionObserver {
  /** A batch was deleted. */
  void forgot(Perishable kind, int rows);

  /** A round ended. */
  void ended(Perishable kind, ForgetExpired.Outcome outcome);

  /** A round broke, most likely for lack of a database. */
  void broke(Perishable kind);
}
