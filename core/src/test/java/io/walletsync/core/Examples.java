package io.walletsync.core;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.CredentialRules;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderAccounts;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Ordinary values for tests; whatever has an id gets one that nothing else has. */
public final class Examples {
  public static final Instant MORNING = Instant.parse("2026-11-22T08:00:00.123456Z");
  public static final ProviderId PAYSTACK = new ProviderId("paystack");
  public static final ProviderId FINCRA = new ProviderId("fincra");
  public static final CurrencyCode NGN = new CurrencyCode("NGN");
  public static final CurrencyCode GHS = new CurrencyCode("GHS");

  /** Names and values that break careless quoting; no NUL, which metadata refuses. */
  public static final Metadata ODD_METADATA =
      Metadata.of(
          Map.of(
              "quote\"d 'name'", "a \\ b \" c ' d",
              "{\"json\":[1,null]}", "line\nbreak\ttab\r\u0001\u007f",
              "empty", "",
              "?::text", ":name $1 %s {0} --",
              "naïve Ẽkó 你好", "\u00e9 e\u0301 \ud83d\udcb0 \u200d \u2028"));

  private static final Ids IDS = new SequentialIds();

  private Examples() {}

  public static UUID id() {
    return IDS.next();
  }

  public static Connection connection() {
    return connection(PAYSTACK);
  }

  public static Connection connection(ProviderId provider) {
    return new Connection(
        new ConnectionId(id()), provider, null, "Main account", null, "cdef", MORNING);
  }

  /** Credentials whose {@code secret_key} nobody else has. */
  public static Credentials credentials() {
    return new Credentials(Map.of("secret_key", "sk_test_" + UUID.randomUUID()));
  }

  public static Wallet wallet(Connection connection) {
    return wallet(connection, "", NGN);
  }

  public static Wallet wallet(Connection connection, String account, CurrencyCode currency) {
    return new Wallet(
        new WalletId(id()),
        connection.id(),
        connection.provider(),
        account,
        currency,
        null,
        null,
        Metadata.NONE,
        Wallet.Status.ACTIVE,
        MORNING,
        MORNING);
  }

  /** A provider with accounts nowhere, one host, and two currencies. */
  public static ProviderProfile profile(ProviderId id) {
    return new ProviderProfile(
        id,
        null,
        CredentialRules.single("secret_key"),
        ProviderAccounts.NONE,
        Set.of(NGN, GHS),
        false,
        CallBudget.UNLIMITED);
  }

  public static Actor actor() {
    return new Actor(Actor.Kind.API_KEY, id(), "wsk_example", "192.0.2.7", "request-1");
  }

  public static RequestKey requestKey() {
    return new RequestKey(id(), new IdempotencyKey("key-" + UUID.randomUUID()));
  }

  public static Money naira(String amount) {
    return new Money(new BigDecimal(amount), NGN);
  }

  /** A naira balance of which only the available amount is known. */
  public static Balance balance(String amount) {
    return Balance.available(naira(amount));
  }
}
