package io.walletsync.core.wallet;

import io.walletsync.core.money.CurrencyCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What registering needs to know about a provider, or about one version of its API.
 *
 * @param apiVersion which of the provider's APIs, where a connection must say; null where there is
 *     only one
 * @param currencies the currencies the provider documents; null where it calls the list open
 * @param hasEnvironments whether live and sandbox are different hosts
 * @param documentedBudget how many calls the provider documents to allow
 */
public record ProviderProfile(
    ProviderId id,
    @Nullable String apiVersion,
    CredentialRules credentials,
    ProviderAccounts accounts,
    @Nullable Set<CurrencyCode> currencies,
    boolean hasEnvironments,
    CallBudget documentedBudget) {}
