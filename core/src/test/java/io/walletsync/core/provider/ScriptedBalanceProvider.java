package io.walletsync.core.provider;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A provider that says what a test tells it to: first the queued replies, each once, then the
 * standing one. A call can be held until the test lets it go.
 */
public final class ScriptedBalanceProvider implements BalanceProvider {
  private final ProviderProfile profile;
  private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile IntFunction<Reply> standing =
      call -> {
        throw new AssertionError("nobody told the provider what to say to call " + call);
      };
  private volatile @Nullable OpenConnection lastConnection;
  private volatile @Nullable Duration lastDeadline;

  public ScriptedBalanceProvider(ProviderProfile profile) {
    this.profile = profile;
  }

  /** A reading of one balance without a name or a time. */
  public static Reply reading(Balance balance) {
    return reading(balance, null, null);
  }

  /** A reading of one balance. */
  public static Reply reading(
      Balance balance, @Nullable String externalId, @Nullable Instant asOf) {
    return new Reply.Reading(
        List.of(
            new AccountBalance(
                "",
                balance,
                externalId == null ? null : new ExternalBalanceId(externalId),
                asOf,
                Metadata.NONE)));
  }

  /** What to say once. */
  public void next(Reply reply) {
    steps.add(new Step(reply, null));
  }

  /** What to say once, but only after the gate was opened. */
  public Gate nextHeld(Reply reply) {
    var gate = new Gate();
    steps.add(new Step(reply, gate));
    return gate;
  }

  /** What to say whenever nothing is queued. */
  public void always(Reply reply) {
    standing = call -> reply;
  }

  /** What to say whenever nothing is queued, by the number of the call (1, 2, 3 …). */
  public void always(IntFunction<Reply> reply) {
    standing = reply;
  }

  public int calls() {
    return calls.get();
  }

  public @Nullable OpenConnection lastConnection() {
    return lastConnection;
  }

  public @Nullable Duration lastDeadline() {
    return lastDeadline;
  }

  @Override
  public ProviderProfile profile() {
    return profile;
  }

  @Override
  public Reply fetch(OpenConnection connection, Set<Holding> wanted, Duration deadline) {
    var call = calls.incrementAndGet();
    lastConnection = connection;
    lastDeadline = deadline;
    var step = steps.poll();
    if (step == null) {
      return standing.apply(call);
    }
    if (step.gate() != null) {
      step.gate().pass();
    }
    return step.reply();
  }

  private record Step(Reply reply, @Nullable Gate gate) {}

  /** Holds one call. */
  public static final class Gate {
    private static final long LONGEST_SECONDS = 30;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    private Gate() {}

    /** Waits until the call has arrived. */
    public void awaitCall() {
      await(entered, "the held call never came");
    }

    /** Lets the call go. */
    public void open() {
      opened.countDown();
    }

    private void pass() {
      entered.countDown();
      await(opened, "the held call was never let go");
    }

    private static void await(CountDownLatch latch, String complaint) {
      try {
        if (!latch.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError(complaint);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }
}
