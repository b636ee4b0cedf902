package io.walletsync.core.wallet;

import io.walletsync.core.money.CurrencyCode;
import java.util.Set;

/**
 * What registering needs to know about a provider.
 *
 * @param credentialFields the fields its credentials have, all required
 * @param identifyingField the one whose value no two connections may share, or sums would double
 * @param currencies the currencies the provider documents
 * @param hasAccounts whether it holds several accounts under one connection
 * @param hasEnvironments whether live and sandbox are different hosts
 */
public record ProviderProfile(
    ProviderId id,
    Set<String> credentialFields,
    String identifyingField,
    Set<CurrencyCode> currencies,
    boolean hasAccounts,
    boolean hasEnvironments) {}
