package io.walletsync.server.provider.fincra;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A wallet as Fincra's API reference describes it ("Get all wallets", "Get a wallet"): amounts in
 * major units of any currency, told apart by {@code id}, as a business may hold two wallets of one
 * currency.
 *
 * @param business the owner, where the wallet says
 * @param updatedAt the time of its newest log row, to the second, where it can be read
 */
record FincraWallet(
    String id,
    @Nullable String business,
    Balance balance,
    @Nullable Instant updatedAt,
    Map<String, String> facts) {
  private static final long LARGEST_ID = 999_999_999_999_999_999L;

  /** All wallets are readable and each is there once, or none counts. */
  static List<FincraWallet> read(List<JsonNode> entries) throws UnreadableReply {
    var wallets = new ArrayList<FincraWallet>();
    var ids = new HashSet<String>();
    for (var entry : entries) {
      var wallet = read(StrictJson.requireObject(entry));
      if (!ids.add(wallet.id)) {
        throw new UnreadableReply();
      }
      wallets.add(wallet);
    }
    return wallets;
  }

  CurrencyCode currency() {
    return balance.currency();
  }

  /** Whether it is this business's, as far as it says: business ids are hexadecimal. */
  boolean belongsTo(String businessId) {
    return business == null || business.equalsIgnoreCase(businessId);
  }

  /** The balance, with a name and a time if the row agrees: money may have moved in between. */
  AccountBalance namedBy(@Nullable LogRow row) {
    if (row == null || !row.agreesWith(this)) {
      return new AccountBalance(id, balance, null, null, metadata(facts));
    }
    var all = new TreeMap<>(facts);
    all.putAll(row.facts());
    var name = new ExternalBalanceId(Long.toString(row.id()));
    return new AccountBalance(id, balance, name, row.createdAt(), metadata(all));
  }

  private static Metadata metadata(Map<String, String> facts) {
    try {
      return Metadata.of(facts);
    } catch (InvalidValue e) {
      return Metadata.NONE;
    }
  }

  private static FincraWallet read(JsonNode wallet) throws UnreadableReply {
    var id = StrictJson.integer(wallet, "id");
    if (id < 1 || id > LARGEST_ID) {
      throw new UnreadableReply();
    }
    var currency = StrictJson.currency(wallet, "currency");
    return new FincraWallet(
        Long.toString(id),
        isAbsent(wallet, "business") ? null : StrictJson.text(wallet, "business"),
        new Balance(
            StrictJson.money(wallet, "availableBalance", currency),
            moneyOrUnknown(wallet, "ledgerBalance", currency),
            moneyOrUnknown(wallet, "lockedBalance", currency)),
        updatedAt(wallet),
        facts(wallet, currency));
  }

  /** No field is declared as required, and unknown is not zero. */
  private static @Nullable Money moneyOrUnknown(
      JsonNode wallet, String field, CurrencyCode currency) throws UnreadableReply {
    return isAbsent(wallet, field) ? null : StrictJson.money(wallet, field, currency);
  }

  private static boolean isAbsent(JsonNode wallet, String field) {
    var node = wallet.path(field);
    return node.isMissingNode() || node.isNull();
  }

  private static @Nullable Instant updatedAt(JsonNode wallet) {
    try {
      return StrictJson.time(wallet, "updatedAt");
    } catch (UnreadableReply e) {
      return null;
    }
  }

  /** Facts that are worth keeping but decide nothing: unreadable ones are left out, all of them. */
  private static Map<String, String> facts(JsonNode wallet, CurrencyCode currency) {
    var facts = new TreeMap<String, String>();
    try {
      facts.put("wallet_number", Long.toString(StrictJson.integer(wallet, "walletNumber")));
      facts.put("wallet_status", StrictJson.text(wallet, "status"));
      facts.put(
          "rolling_reserve",
          StrictJson.money(wallet, "rollingReserveBalance", currency).toDecimalString());
      return facts;
    } catch (UnreadableReply e) {
      return Map.of();
    }
  }
}
