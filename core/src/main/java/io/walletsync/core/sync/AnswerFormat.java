package io.walletsync.core.sync;

import io.walletsync.core.balance.Recorded;

/** Writes the answer of a sync. The same answer must give the same text, for it is replayed. */
public interface AnswerFormat {
  String write(Recorded.Answer answer);
}
