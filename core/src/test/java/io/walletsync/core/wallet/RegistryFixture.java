package io.walletsync.core.wallet;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.money.CurrencyCode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The registry in memory: a provider without accounts, one with everything, one with versions. */
final class RegistryFixture implements RegistryPorts {
  /** Not cut to microseconds yet. */
  static final Instant NOW = Instant.parse("2026-11-22T09:00:00.123456789Z");

  static final ProviderId FLUTTERWAVE = new ProviderId("flutterwave");
  static final Instant NOW_CUT = Instant.parse("2026-11-22T09:00:00.123456Z");

  final MutableClock clock = new MutableClock(NOW);
  final InMemoryStorage storage = new InMemoryStorage(clock);
  final Ids ids = new SequentialIds();
  final Auditor auditor = new Auditor(storage.auditTrail(), ids, clock);
  final Actor actor = Examples.actor();
  final ProviderProfiles profiles =
      new ProviderProfiles(
          List.of(
              Examples.profile(Examples.PAYSTACK),
              new ProviderProfile(
                  Examples.FINCRA,
                  null,
                  new CredentialRules(
                      Set.of("secret_key", "business_id"),
                      "business_id",
                      "secret_key",
                      "secret_key",
                      true),
                  new ProviderAccounts(
                      ProviderAccounts.Need.REQUIRED,
                      Pattern.compile("account-[0-9]"),
                      "account-n"),
                  null,
                  true,
                  CallBudget.UNLIMITED),
              versioned("v3"),
              versioned("v4")));

  private static ProviderProfile versioned(String version) {
    return new ProviderProfile(
        FLUTTERWAVE,
        version,
        CredentialRules.single("secret_key"),
        new ProviderAccounts(ProviderAccounts.Need.OPTIONAL, Pattern.compile("sub-[0-9]"), "sub-n"),
        Set.of(Examples.NGN, new CurrencyCode("eNGN")),
        false,
        CallBudget.UNLIMITED);
  }

  Wallet found(WalletId id) {
    return wallets().find(id, Visibility.ALL).orElseThrow();
  }

  List<AuditEntry> auditEntries() {
    return storage
        .auditTrail()
        .page(new AuditTrail.Query(null, null, null, null, 100))
        .items()
        .reversed();
  }

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public Connections connections() {
    return storage.connections();
  }

  @Override
  public Wallets wallets() {
    return storage.wallets();
  }
}
