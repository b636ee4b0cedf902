package io.walletsync.server.support;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * One server for all tests of a class, and before each of them a naira wallet on a new connection.
 */
public final class FreshWallet implements TestInstancePreConstructCallback, AfterAllCallback {
  private final TestDatabase database = TestDatabase.create();
  private final StubPaystack paystack = new StubPaystack();
  private final TestServer server = TestServer.start(database, paystack.url());
  private final long subunits;

  private int number;
  private String secret = "";
  private String wallet = "";

  private FreshWallet(long subunits) {
    this.subunits = subunits;
  }

  /** What the provider says is in it; nobody has asked yet. */
  public static FreshWallet holding(long subunits) {
    return new FreshWallet(subunits);
  }

  @Override
  public void preConstructTestInstance(TestInstanceFactoryContext instance, ExtensionContext test) {
    secret = "sk_test_of_wallet_number_" + number++;
    paystack.has(secret, "NGN", subunits);
    wallet = client().register(client().connect(secret), "NGN");
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    server.close();
    paystack.close();
  }

  public TestDatabase database() {
    return database;
  }

  public StubPaystack paystack() {
    return paystack;
  }

  public TestServer server() {
    return server;
  }

  public ApiClient client() {
    return server.client();
  }

  /** Of the wallet's connection, as the provider knows it. */
  public String secret() {
    return secret;
  }

  /** Its id. */
  public String wallet() {
    return wallet;
  }
}
