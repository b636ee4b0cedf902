package io.walletsync.server.embedded;

/** Says in one sentence, written for the user, why the embedded PostgreSQL cannot be used. */
public final class EmbeddedPostgresProblem extends RuntimeException {
  /** Ends sentences about machines and directories on which the embedded database cannot work. */
  static final String WAY_OUT = "set WALLETSYNC_DATABASE_URL to a PostgreSQL 15 or newer";

  EmbeddedPostgresProblem(String sentence) {
    super(sentence);
  }

  EmbeddedPostgresProblem(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
