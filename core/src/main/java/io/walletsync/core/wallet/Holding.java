package io.walletsync.core.wallet;

import io.walletsync.core.money.CurrencyCode;

/**
 * What tells one balance of a connection from another: the provider's account and the currency.
 *
 * @param providerAccountId empty where the provider has no accounts, or for its main one
 */
public record Holding(String providerAccountId, CurrencyCode currency) {}
