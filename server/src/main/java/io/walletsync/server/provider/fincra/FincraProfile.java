package io.walletsync.server.provider.fincra;

import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.CredentialRules;
import io.walletsync.core.wallet.ProviderAccounts;
import io.walletsync.core.wallet.ProviderAccounts.Need;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.ProviderProfile;
import java.util.Set;
import java.util.regex.Pattern;

/** What registering needs to know about Fincra, and the names of its credentials. */
final class FincraProfile {
  static final String API_KEY = "api_key";
  static final String BUSINESS_ID = "business_id";
  private static final String WEBHOOK_SECRET = "webhook_secret";

  static final ProviderProfile PROFILE =
      new ProviderProfile(
          new ProviderId("fincra"),
          null,
          // a key may reach the businesses of sub-accounts too: the business is what is held
          new CredentialRules(
              Set.of(API_KEY, BUSINESS_ID, WEBHOOK_SECRET),
              BUSINESS_ID,
              API_KEY,
              WEBHOOK_SECRET,
              true),
          new ProviderAccounts(
              Need.REQUIRED,
              // without leading zeros, or one wallet could be registered twice
              Pattern.compile("[1-9][0-9]{0,17}"),
              "the number in a wallet's id"),
          null,
          true,
          // Guides, "API rate limits"
          new CallBudget(50, null));

  private FincraProfile() {}
}
