package io.walletsync.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bodies of Flutterwave's API v3 and of Paystack, as documented. While money moves, no two
 * calls tell the same amount.
 */
final class ProviderReplies {
  /** What one call for all balances of a Flutterwave account lists. */
  static final List<String> CURRENCIES =
      List.of(
          "NGN", "KES", "GHS", "USD", "EUR", "ZAR", "GBP", "TZS", "UGX", "RWF", "ZMW", "INR", "XOF",
          "MUR", "ETB", "JPY", "MAD", "XAF", "AUD", "CAD");

  private static final String BALANCES = "/v3/balances";
  private static final String SUB_ACCOUNTS = "/v3/payout-subaccounts/";
  private static final String LEDGER = "/balance/ledger";
  private static final String KEY = "Bearer ";
  private static final long FIRST_CENTS = 100_000_000;
  private static final int LEDGER_PAGE = 50;

  private final AtomicLong moved = new AtomicLong();
  private final Map<String, Long> told = new ConcurrentHashMap<>();
  private final String olderRows = olderRows();
  private volatile boolean isChanging = true;

  String change(boolean isChanging) {
    this.isChanging = isChanging;
    return "ok";
  }

  /** The body for a target; {@code request} has the key of the account in its head. */
  String to(String target, String request) {
    var account = key(request);
    if (target.equals(BALANCES)) {
      return everyWallet(cents(account));
    }
    if (target.startsWith(BALANCES)) {
      var currency = target.substring(BALANCES.length() + 1);
      return envelope("Wallet balance fetched", pot(currency, cents(account)));
    }
    if (target.startsWith(SUB_ACCOUNTS)) {
      var currency = target.substring(target.indexOf('=') + 1);
      return envelope("Subaccount balance fetched", pot(currency, cents(account + target)));
    }
    if (target.startsWith(LEDGER)) {
      return ledger(told.getOrDefault(account, FIRST_CENTS));
    }
    return """
        {"status":true,"message":"Balances retrieved","data":[{"currency":"NGN","balance":%d}]}"""
        .formatted(cents(account));
  }

  /** Another amount than ever before, or the same as last time. */
  private long cents(String account) {
    if (isChanging) {
      var cents = FIRST_CENTS + moved.incrementAndGet();
      told.put(account, cents);
      return cents;
    }
    return told.computeIfAbsent(account, _ -> FIRST_CENTS);
  }

  private static String key(String request) {
    var from = request.indexOf(KEY) + KEY.length();
    if (from < KEY.length()) {
      return "";
    }
    return request.substring(from, request.indexOf('\r', from));
  }

  private static String everyWallet(long cents) {
    var pots = new StringBuilder("[");
    for (var currency : CURRENCIES) {
      pots.append(pots.length() == 1 ? "" : ",").append(pot(currency, cents));
    }
    return envelope("Wallet balances fetched", pots.append(']').toString());
  }

  private static String envelope(String message, String data) {
    return "{\"status\":\"success\",\"message\":\"" + message + "\",\"data\":" + data + "}";
  }

  private static String pot(String currency, long cents) {
    var fraction = cents % 100;
    return "{\"currency\":\""
        + currency
        + "\",\"available_balance\":"
        + cents / 100
        + (fraction < 10 ? ".0" : ".")
        + fraction
        + ",\"ledger_balance\":253125.82}";
  }

  /** The newest row is the balance that was told; its id grows with every movement. */
  private String ledger(long cents) {
    return """
        {"status":true,"message":"Balance ledger retrieved","data":[%s%s],\
        "meta":{"total":%d,"skipped":0,"perPage":%d,"page":1,"pageCount":1}}"""
        .formatted(row(cents, cents, 59), olderRows, LEDGER_PAGE, LEDGER_PAGE);
  }

  private static String olderRows() {
    var rows = new StringBuilder();
    for (var i = 1; i < LEDGER_PAGE; i++) {
      rows.append(',').append(row(FIRST_CENTS - i, FIRST_CENTS - i, LEDGER_PAGE - i));
    }
    return rows.toString();
  }

  private static String row(long id, long cents, int second) {
    var time = "2026-11-01T09:39:" + (second < 10 ? "0" : "") + second + ".000Z";
    return """
        {"integration":463433,"domain":"test","balance":%d,"currency":"NGN","difference":1,\
        "reason":"Who dey breet?","model_responsible":"Transfer","model_row":56610600,"id":%d,\
        "createdAt":"%s","updatedAt":"%s"}"""
        .formatted(cents, id, time, time);
  }
}
