package io.walletsync.core.wallet;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a provider holds several accounts under one connection, and how their ids look.
 *
 * @param form the whole form of an id; null where there are no accounts
 * @param description how an id looks, in words, such as "the number in a wallet's id"
 */
public record ProviderAccounts(Need need, @Nullable Pattern form, String description) {
  public static final ProviderAccounts NONE = new ProviderAccounts(Need.NONE, null, "");

  /** Whether a wallet names an account. */
  public enum Need {
    /** There are no accounts: a wallet names none. */
    NONE,
    /** A wallet without an account is one of the main account. */
    OPTIONAL,
    /** Every wallet names its account. */
    REQUIRED
  }

  boolean accept(String providerAccountId) {
    return providerAccountId.isEmpty()
        ? need != Need.REQUIRED
        : form != null && form.matcher(providerAccountId).matches();
  }
}
