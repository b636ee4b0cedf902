package io.walletsync.server.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which network addresses belong to the public internet. The JDK's own predicates know neither
 * shared, unique local nor reserved ones, nor IPv4 wrapped in IPv6: hence the lists of the IANA's
 * special-purpose registries.
 */
final class PublicAddresses {
  private static final List<Cidr> NOT_PUBLIC_V4 =
      blocks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8",
          "100.64.0.0/10", // shared with the customers of a carrier
          "127.0.0.0/8",
          "169.254.0.0/16", // link-local, and where clouds tell machines their secrets
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24", // for documentation
          "192.88.99.0/24", // was the way into 6to4
          "192.168.0.0/16",
          "198.18.0.0/15", // for benchmarks
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4", // to many at once
          "240.0.0.0/4"); // reserved, and to everybody

  /** Of IPv6 only this is given out; loopback, local, mapped and NAT64 addresses lie outside. */
  private static final Cidr GIVEN_OUT_V6 = Cidr.of("2000::/3");

  private static final List<Cidr> NOT_PUBLIC_V6 =
      blocks(
          "2001::/23", // Teredo, benchmarks, and others with a special purpose
          "2001:db8::/32", // for documentation
          "2002::/16", // 6to4: an IPv4 address is inside
          "3fff::/20");

  private PublicAddresses() {}

  static boolean include(InetAddress address) {
    var bytes = address.getAddress();
    return bytes.length == 4
        ? NOT_PUBLIC_V4.stream().noneMatch(block -> block.contains(bytes))
        : GIVEN_OUT_V6.contains(bytes)
            && NOT_PUBLIC_V6.stream().noneMatch(block -> block.contains(bytes));
  }

  static boolean includeAll(InetAddress[] addresses) {
    return addresses.length > 0 && Arrays.stream(addresses).allMatch(PublicAddresses::include);
  }

  private static List<Cidr> blocks(String... texts) {
    return Stream.of(texts).map(Cidr::of).toList();
  }
}
