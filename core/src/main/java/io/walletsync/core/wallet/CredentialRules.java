package io.walletsync.core.wallet;

import java.util.Set;

/**
 * What the credentials of a provider look like.
 *
 * @param fields the fields they have, all required
 * @param identifying the field whose value no two connections may share, or sums would double
 * @param secret the field of which the last characters are shown, to tell keys apart
 * @param webhookSecret the field that proves the provider's notifications
 * @param identifyingIsFixed whether that field names the account itself, and so can never change
 *     while the connection lives
 */
public record CredentialRules(
    Set<String> fields,
    String identifying,
    String secret,
    String webhookSecret,
    boolean identifyingIsFixed) {
  public CredentialRules {
    fields = Set.copyOf(fields);
    if (!fields.contains(identifying) || !fields.contains(secret)) {
      throw new IllegalArgumentException("the identifying and the secret field must be fields");
    }
    if (!fields.contains(webhookSecret)) {
      throw new IllegalArgumentException("the webhook secret must be a field");
    }
  }

  /** Credentials that are one secret, which does everything. */
  public static CredentialRules single(String field) {
    return new CredentialRules(Set.of(field), field, field, field, false);
  }
}
