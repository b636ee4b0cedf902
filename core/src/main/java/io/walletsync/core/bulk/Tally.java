package io.walletsync.core.bulk;

/**
 * What became of the wallets of a run; each is counted once.
 *
 * @param changed a new balance was recorded
 * @param unchanged the newest balance stands
 * @param failed no balance was had, or none that could be believed
 * @param skipped there was nothing to sync any more: the wallet or its connection is closed
 */
public record Tally(long changed, long unchanged, long failed, long skipped) {
  public static final Tally NONE = new Tally(0, 0, 0, 0);

  public long done() {
    return changed + unchanged + failed + skipped;
  }

  public Tally plus(Tally other) {
    return new Tally(
        changed + other.changed,
        unchanged + other.unchanged,
        failed + other.failed,
        skipped + other.skipped);
  }
}
