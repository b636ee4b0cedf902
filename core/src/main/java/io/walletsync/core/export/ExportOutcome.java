package io.walletsync.core.export;

/** What became of an export; no row was handed over unless it was exported. */
public sealed interface ExportOutcome {
  record Exported() implements ExportOutcome {}

  /** There is no such wallet for the caller: not the same as one that has no rows. */
  record UnknownWallet() implements ExportOutcome {}

  /** The last row that arrived is none of this export: it is that of another one. */
  record ForeignRow() implements ExportOutcome {}
}
