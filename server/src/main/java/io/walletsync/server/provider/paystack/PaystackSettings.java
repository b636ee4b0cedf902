package io.walletsync.server.provider.paystack;

import java.net.URI;

/**
 * Where Paystack is.
 *
 * @param baseUrl the address its paths are appended to; one for test and live, the key decides
 */
public record PaystackSettings(URI baseUrl) {
  public static final PaystackSettings STANDARD =
      new PaystackSettings(URI.create("https://api.paystack.co"));
}
