package io.walletsync.core.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a signature must cover and say before anyone looks at its key. */
final class SignatureProfile {
  private static final String ALGORITHM = "hmac-sha256";
  private static final Pattern NONCE = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private SignatureProfile() {}

  /** The first rule the signature breaks; null if it breaks none. */
  static @Nullable Flaw flaw(SignedRequest request, ReceivedSignature signature) {
    if (signature.keyId() == null
        || signature.created() == null
        || (signature.algorithm() != null && !signature.algorithm().equals(ALGORITHM))
        || (signature.nonce() != null && !NONCE.matcher(signature.nonce()).matches())) {
      return Flaw.MALFORMED;
    }
    return coversEnough(request, signature) ? null : Flaw.COMPONENT_MISSING;
  }

  private static boolean coversEnough(SignedRequest request, ReceivedSignature signature) {
    var covered = signature.components();
    return covered.contains("@method")
        && covered.contains("@path")
        && (request.rawQuery() == null
            || request.rawQuery().isEmpty()
            || covered.contains("@query"))
        && (request.body().isEmpty() || covered.contains("content-digest"))
        && (!request.headers().containsKey("idempotency-key")
            || covered.contains("idempotency-key"));
  }
}
