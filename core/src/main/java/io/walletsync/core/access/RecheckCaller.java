package io.walletsync.core.access;

/**
 * Decides whether a caller who was let in may stay: for what goes on long after its signature. What
 * it is told may be a second old, as {@link ApiKeys#find(String)} says.
 */
public final class RecheckCaller {
  private final ApiKeys keys;

  public RecheckCaller(ApiKeys keys) {
    this.keys = keys;
  }

  /** What the caller is doing all the while. */
  public record Command(Caller caller, Scope required) {}

  /** What came of it. */
  public sealed interface Outcome {
    record StillAllowed() implements Outcome {}

    /** The key is gone, lost the scope, or sees other connections than when it came. */
    record NoLonger() implements Outcome {}
  }

  public Outcome recheck(Command command) {
    var caller = command.caller();
    return keys.find(caller.keyId())
            .map(ApiKeys.Known::key)
            .filter(
                key ->
                    key.id().equals(caller.apiKey())
                        && !key.isRevoked()
                        && key.scopes().cover(command.required())
                        && key.limit().equals(caller.limit()))
            .isPresent()
        ? new Outcome.StillAllowed()
        : new Outcome.NoLonger();
  }
}
