package io.walletsync.badhouse.core.wallet;

/** A name that says nothing. */
public final class PurseManager {
  private PurseManager() {}
}
