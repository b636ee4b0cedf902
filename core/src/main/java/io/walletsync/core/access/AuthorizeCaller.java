package io.walletsync.core.access;

/** Decides whether an authenticated caller may do this now: the nonce first, then the scope. */
public final class AuthorizeCaller {
  private final Nonces nonces;
  private final FailedAuthentications failures;

  public AuthorizeCaller(Nonces nonces, FailedAuthentications failures) {
    this.nonces = nonces;
    this.failures = failures;
  }

  /**
   * What the caller is about to do.
   *
   * @param claimsNonce whether the use case burns the nonce in its own transaction, so that it must
   *     not be burned here
   */
  public record Command(Caller caller, Scope required, boolean claimsNonce) {}

  /** What came of it. */
  public sealed interface Outcome {
    record Authorized() implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}
  }

  public Outcome authorize(Command command) {
    var caller = command.caller();
    var nonce = caller.nonce();
    if (nonce != null && !command.claimsNonce() && !nonces.burn(caller.apiKey(), nonce)) {
      return refused(caller, Flaw.NONCE_REUSED);
    }
    if (!caller.scopes().cover(command.required())) {
      return refused(caller, Flaw.SCOPE);
    }
    return new Outcome.Authorized();
  }

  private Outcome refused(Caller caller, Flaw flaw) {
    failures.record(caller, flaw);
    return new Outcome.Refused(flaw.refusal());
  }
}
