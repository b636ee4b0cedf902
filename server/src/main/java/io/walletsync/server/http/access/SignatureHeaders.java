package io.walletsync.server.http.access;

import io.walletsync.core.access.OpaqueBytes;
import io.walletsync.core.access.ReceivedSignature;
import java.util.ArrayList;
import java.util.List;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.jspecify.annotations.Nullable;

/** Reads the structured fields of RFC 9421 and RFC 9530; what cannot be read is left out. */
final class SignatureHeaders {
  private SignatureHeaders() {}

  /** The labels that both headers have, in the order of {@code Signature-Input}. */
  static List<ReceivedSignature> signatures(
      @Nullable String signatureInput, @Nullable String signature) {
    var read = new ArrayList<ReceivedSignature>();
    if (signatureInput == null || signature == null) {
      return read;
    }
    try {
      var values = Parser.parseDictionary(signature).get();
      for (var member : Parser.parseDictionary(signatureInput).get().entrySet()) {
        if (member.getValue() instanceof InnerList input
            && values.get(member.getKey()) instanceof ByteSequenceItem value) {
          var one = signature(input, value);
          if (one != null) {
            read.add(one);
          }
        }
      }
    } catch (ParseException e) {
      return List.of();
    }
    return read;
  }

  /** The sha-256 of {@code Content-Digest}; null where there is none that can be read. */
  static @Nullable OpaqueBytes sha256(@Nullable String contentDigest) {
    if (contentDigest == null) {
      return null;
    }
    try {
      return Parser.parseDictionary(contentDigest).get().get("sha-256")
              instanceof ByteSequenceItem digest
          ? bytes(digest)
          : null;
    } catch (ParseException e) {
      return null;
    }
  }

  /** Null where a component or parameter is of a kind that this server does not know. */
  private static @Nullable ReceivedSignature signature(InnerList input, ByteSequenceItem value) {
    var components = new ArrayList<String>();
    for (var item : input.get()) {
      if (!(item instanceof StringItem name) || !item.getParams().isEmpty()) {
        return null;
      }
      components.add(name.get());
    }
    var parameters = input.getParams();
    if (!hasType(parameters, "created", IntegerItem.class)
        || !hasType(parameters, "expires", IntegerItem.class)
        || !hasType(parameters, "keyid", StringItem.class)
        || !hasType(parameters, "nonce", StringItem.class)
        || !hasType(parameters, "alg", StringItem.class)) {
      return null;
    }
    return new ReceivedSignature(
        components,
        // written again from what was read: what is verified is what is acted upon
        input.serialize(),
        text(parameters, "keyid"),
        number(parameters, "created"),
        number(parameters, "expires"),
        text(parameters, "nonce"),
        text(parameters, "alg"),
        bytes(value));
  }

  private static boolean hasType(Parameters parameters, String name, Class<?> type) {
    return !parameters.containsKey(name) || type.isInstance(parameters.get(name));
  }

  private static @Nullable String text(Parameters parameters, String name) {
    return parameters.get(name) instanceof StringItem text ? text.get() : null;
  }

  private static @Nullable Long number(Parameters parameters, String name) {
    return parameters.get(name) instanceof IntegerItem number ? number.get() : null;
  }

  private static OpaqueBytes bytes(ByteSequenceItem item) {
    var buffer = item.get().duplicate();
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return OpaqueBytes.of(bytes);
  }
}
