package io.walletsync.core.wallet;

import io.walletsync.core.kernel.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A business's account at a provider. Its credentials are kept apart and never shown.
 *
 * @param apiVersion null where the provider has one API only
 * @param environment null where the provider has one host for everything
 * @param secretHint the last four characters of the secret; null where that would show too much
 * @param callBudget what the business allows; where it says nothing, what the provider documents
 * @param schedule what holds for wallets without a schedule of their own; null for the standard one
 */
public record Connection(
    ConnectionId id,
    ProviderId provider,
    @Nullable String apiVersion,
    String name,
    @Nullable Environment environment,
    @Nullable String secretHint,
    Instant createdAt,
    CallBudget callBudget,
    @Nullable SyncSchedule schedule) {
  public Connection {
    requireName(name);
  }

  /** This connection with another secret's last characters. */
  public Connection hinted(@Nullable String newHint) {
    return new Connection(
        id, provider, apiVersion, name, environment, newHint, createdAt, callBudget, schedule);
  }

  /** A connection without a schedule of its own. */
  public Connection(
      ConnectionId id,
      ProviderId provider,
      @Nullable String apiVersion,
      String name,
      @Nullable Environment environment,
      @Nullable String secretHint,
      Instant createdAt,
      CallBudget callBudget) {
    this(id, provider, apiVersion, name, environment, secretHint, createdAt, callBudget, null);
  }

  /** A connection without a budget of its own. */
  public Connection(
      ConnectionId id,
      ProviderId provider,
      @Nullable String apiVersion,
      String name,
      @Nullable Environment environment,
      @Nullable String secretHint,
      Instant createdAt) {
    this(id, provider, apiVersion, name, environment, secretHint, createdAt, CallBudget.UNLIMITED);
  }

  Connection with(CallBudget budget) {
    return new Connection(
        id, provider, apiVersion, name, environment, secretHint, createdAt, budget, schedule);
  }

  /** This connection with another schedule of its own, or with none. */
  public Connection scheduled(@Nullable SyncSchedule own) {
    return new Connection(
        id, provider, apiVersion, name, environment, secretHint, createdAt, callBudget, own);
  }

  /** Returns the name, or throws {@link io.walletsync.core.kernel.InvalidValue}. */
  public static String requireName(String name) {
    return Text.printable(name, 100);
  }
}
