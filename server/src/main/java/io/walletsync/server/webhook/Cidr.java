package io.walletsync.server.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of network addresses, such as {@code 10.0.0.0/8}. */
@SuppressWarnings("ArrayRecordComponent") // compared bit by bit here and nowhere else
record Cidr(byte[] network, int bits) {
  static Cidr of(String text) {
    var slash = text.indexOf('/');
    try {
      // digits, which are not looked up
      return new Cidr(
          InetAddress.getByName(text.substring(0, slash)).getAddress(),
          Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    for (var bit = 0; bit < bits; bit++) {
      var mask = 0x80 >> (bit % Byte.SIZE);
      if (((address[bit / Byte.SIZE] ^ network[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
