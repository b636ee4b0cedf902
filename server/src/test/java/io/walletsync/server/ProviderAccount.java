package io.walletsync.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.walletsync.core.provider.BalanceProviderContract.Scene;
import io.walletsync.server.provider.StubProvider;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** An account at one provider, played by a stub; every secret of it is marked and unmistakable. */
enum ProviderAccount {
  PAYSTACK(
      "\"provider\":\"paystack\"",
      "",
      Map.of("secret_key", "SECRET"),
      "secret_key",
      "x-paystack-signature",
      "HmacSHA512"),
  FLUTTERWAVE_V3(
      "\"provider\":\"flutterwave\",\"api_version\":\"v3\"",
      "",
      Map.of("secret_key", "SECRET", "webhook_secret_hash", "SECRET"),
      "webhook_secret_hash",
      "verif-hash",
      ""),
  FLUTTERWAVE_V4(
      "\"provider\":\"flutterwave\",\"api_version\":\"v4\",\"environment\":\"sandbox\"",
      "",
      Map.of("client_id", "ID", "client_secret", "SECRET", "webhook_secret_hash", "SECRET"),
      "webhook_secret_hash",
      "flutterwave-signature",
      "HmacSHA256"),
  FINCRA(
      "\"provider\":\"fincra\",\"environment\":\"sandbox\"",
      ",\"provider_account_id\":\"621\"",
      Map.of("business_id", "ID", "api_key", "SECRET", "webhook_secret", "SECRET"),
      "webhook_secret",
      "signature",
      "HmacSHA512");

  /** Each secret begins with it, so that a part of one is found as well. */
  static final String MARK = "NobodyMayEverReadThis";

  final String identity;
  final String account;

  @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
  private final Map<String, String> template;

  private final String webhookField;
  final String webhookHeader;
  private final String webhookAlgorithm;

  ProviderAccount(
      String identity,
      String account,
      Map<String, String> template,
      String webhookField,
      String webhookHeader,
      String webhookAlgorithm) {
    this.identity = identity;
    this.account = account;
    this.template = template;
    this.webhookField = webhookField;
    this.webhookHeader = webhookHeader;
    this.webhookAlgorithm = webhookAlgorithm;
  }

  String provider() {
    return this == FLUTTERWAVE_V3 || this == FLUTTERWAVE_V4
        ? "flutterwave"
        : name().toLowerCase(Locale.ROOT);
  }

  /** Those of another account. */
  Map<String, String> credentials() {
    var credentials = new HashMap<String, String>();
    template.forEach(
        (field, value) ->
            credentials.put(field, value.equals("ID") ? "id-" + UUID.randomUUID() : secret()));
    return credentials;
  }

  /** New secrets of the same account. */
  Map<String, String> rolled(Map<String, String> old) {
    var credentials = new HashMap<>(old);
    template.forEach((field, value) -> credentials.compute(field, (_, it) -> roll(value, it)));
    return credentials;
  }

  private static @Nullable String roll(String template, @Nullable String old) {
    return template.equals("SECRET") ? secret() : old;
  }

  static String secret() {
    return MARK + UUID.randomUUID();
  }

  /** What proves a notification. */
  String proof(Map<String, String> credentials, String body) {
    var secret = credentials.getOrDefault(webhookField, "");
    if (webhookAlgorithm.isEmpty()) {
      return secret;
    }
    try {
      var mac = Mac.getInstance(webhookAlgorithm);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), webhookAlgorithm));
      var sum = mac.doFinal(body.getBytes(UTF_8));
      return this == FLUTTERWAVE_V4
          ? Base64.getEncoder().encodeToString(sum)
          : HexFormat.of().formatHex(sum);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Settings by which a server finds all of them at one stub. */
  static Map<String, String> settings(StubProvider stub) {
    return Map.of(
        "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V3_BASE_URL", stub.url() + "/v3",
        "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V4_BASE_URL", stub.url() + "/v4",
        "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V4_TOKEN_URL", stub.url() + "/token",
        "WALLETSYNC_PROVIDERS_FINCRA_BASE_URL", stub.url() + "/fincra");
  }

  /** It works, and has naira. */
  void works(StubProvider stub, int naira) {
    switch (this) {
      case PAYSTACK -> {
        stub.at("/balance", ok("{'status':true,'data':[{'currency':'NGN','balance':%d}]}", naira));
        stub.at("/balance/ledger", ok("{'status':true,'data':[]}", 0));
      }
      case FLUTTERWAVE_V3, FLUTTERWAVE_V4 -> {
        var entry = "{'currency':'NGN','available_balance':%1$d,'ledger_balance':%1$d}";
        var all = this == FLUTTERWAVE_V3 ? "/v3/balances" : "/v4/wallets/balances";
        stub.at(all, ok("{'status':'success','data':[" + entry + "]}", naira));
        stub.at(all + "/NGN", ok("{'status':'success','data':" + entry + "}", naira));
        stub.at("/token", Scene.ok(token(secret())));
      }
      case FINCRA -> {
        var entry =
            "{'id':621,'currency':'NGN','availableBalance':%1$d,'ledgerBalance':%1$d,"
                + "'lockedBalance':0}";
        stub.at("/fincra/wallets", ok("{'success':true,'data':[" + entry + "]}", naira));
        stub.at("/fincra/wallets/621", ok("{'success':true,'data':" + entry + "}", naira));
        stub.at("/fincra/wallets/logs", ok("{'success':true,'data':{'results':[]}}", 0));
      }
    }
  }

  /** Whatever it is asked for, this happens. */
  void does(StubProvider stub, Scene scene) {
    switch (this) {
      case PAYSTACK -> stub.at("/balance", scene);
      case FLUTTERWAVE_V3 -> {
        stub.at("/v3/balances", scene);
        stub.at("/v3/balances/NGN", scene);
      }
      case FLUTTERWAVE_V4 -> {
        stub.at("/v4/wallets/balances", scene);
        stub.at("/v4/wallets/balances/NGN", scene);
      }
      case FINCRA -> {
        stub.at("/fincra/wallets", scene);
        stub.at("/fincra/wallets/621", scene);
      }
    }
  }

  /** The reply that gives such a token. */
  static String token(String value) {
    return "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":600}"
        .formatted(value);
  }

  /** As the API takes them. */
  static String json(Map<String, String> credentials) {
    UnaryOperator<String> quoted = text -> "\"" + text + "\"";
    return credentials.entrySet().stream()
        .map(entry -> quoted.apply(entry.getKey()) + ":" + quoted.apply(entry.getValue()))
        .collect(joining(",", "{", "}"));
  }

  private static Scene ok(String body, int naira) {
    return Scene.ok(body.formatted(naira).replace('\'', '"'));
  }
}
