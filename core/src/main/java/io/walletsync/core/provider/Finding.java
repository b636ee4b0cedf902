package io.walletsync.core.provider;

import io.walletsync.core.provider.ProviderFailure.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a check found about one side of a connection.
 *
 * @param words a sentence for people, with what to do where something is wrong
 */
public record Finding(Aspect aspect, State state, String words) {
  /** The sides of a connection, in the order in which they must work. */
  public enum Aspect {
    /** The provider can be reached, and talks to this server's address. */
    NETWORK,
    /** It accepts the credentials. */
    KEY,
    /** They may read balances. */
    PERMISSIONS,
    /** What it answers can be read. */
    ANSWER;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it works. */
  public enum State {
    OK,
    FAILED,
    /** It was not reached: something before it failed. */
    UNKNOWN;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One finding for each aspect, from what came of asking for balances. */
  static List<Finding> of(Optional<ProviderFailure> failure) {
    var failed = failure.map(f -> failedAspect(f.reason())).orElse(null);
    return List.of(Aspect.values()).stream()
        .map(
            aspect -> {
              if (failed == null || aspect.compareTo(failed) < 0) {
                return new Finding(aspect, State.OK, good(aspect));
              }
              return aspect == failed
                  ? new Finding(aspect, State.FAILED, failure.map(Finding::bad).orElse(""))
                  : new Finding(aspect, State.UNKNOWN, "Not known: the check did not get so far.");
            })
        .toList();
  }

  private static Aspect failedAspect(Reason reason) {
    return switch (reason) {
      case UNREACHABLE, TIMEOUT, ADDRESS_REFUSED, CIRCUIT_OPEN, QUOTA_SPENT, BUSY -> Aspect.NETWORK;
      case UNAUTHORIZED -> Aspect.KEY;
      case FORBIDDEN -> Aspect.PERMISSIONS;
      case RATE_LIMITED,
          REJECTED,
          UNAVAILABLE,
          UNREADABLE,
          CURRENCY_MISSING,
          ACCOUNT_MISSING,
          IN_DOUBT ->
          Aspect.ANSWER;
    };
  }

  private static String good(Aspect aspect) {
    return switch (aspect) {
      case NETWORK -> "The provider can be reached and talks to this server.";
      case KEY -> "The provider accepts the credentials.";
      case PERMISSIONS -> "The credentials may read balances.";
      case ANSWER -> "The provider's answer can be read.";
    };
  }

  private static String bad(ProviderFailure failure) {
    return failure.detail()
        + " "
        + switch (failure.reason()) {
          case UNREACHABLE, TIMEOUT -> "Can this server reach the provider's host over https?";
          case ADDRESS_REFUSED ->
              "Add this server's outgoing address to the allow-list on the provider's dashboard.";
          case CIRCUIT_OPEN, QUOTA_SPENT, BUSY, RATE_LIMITED, UNAVAILABLE ->
              "Check again a little later.";
          case UNAUTHORIZED -> "Replace the credentials with those of the provider's dashboard.";
          case FORBIDDEN -> "Give the key the right to read balances on the provider's dashboard.";
          case REJECTED, UNREADABLE, CURRENCY_MISSING, ACCOUNT_MISSING, IN_DOUBT ->
              "Do the credentials belong to the provider and environment of this connection?";
        };
  }
}
