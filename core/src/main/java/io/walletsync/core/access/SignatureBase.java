package io.walletsync.core.access;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The text that a signature is made over: RFC 9421, section 2.5. */
final class SignatureBase {
  private SignatureBase() {}

  /** Null where a covered component is named twice or is not in the request. */
  static byte @Nullable [] of(SignedRequest request, ReceivedSignature signature) {
    var base = new StringJoiner("\n");
    var seen = new HashSet<String>();
    for (var name : signature.components()) {
      var value = request.component(name);
      if (value == null || !seen.add(name)) {
        return null;
      }
      base.add('"' + name + "\": " + value);
    }
    base.add("\"@signature-params\": " + signature.input());
    // one byte a character, as header values were read: what came over the wire, unchanged
    return base.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
