package io.walletsync.server.postgres;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The installation's key-encryption key. It never encrypts anything itself: every purpose has a key
 * derived from it, so that none of them can be played against another.
 */
public final class MasterKey {
  private static final int BYTES = 32;
  private static final int ID_BYTES = 4;

  private final byte[] bytes;
  private final String id;

  private MasterKey(byte[] bytes) {
    this.bytes = bytes;
    this.id = HexFormat.of().formatHex(derive("walletsync master key id", ID_BYTES));
  }

  /**
   * Reads a key from settings.
   *
   * @throws IllegalArgumentException with a sentence for the operator, which never repeats the key
   */
  public static MasterKey ofBase64(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the master key must be base64", null);
    }
    return of(bytes);
  }

  public static MasterKey of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("the master key must have " + BYTES + " bytes");
    }
    return new MasterKey(bytes.clone());
  }

  /** A short name for the key, which is stored beside everything sealed with it. */
  public String id() {
    return id;
  }

  /** Tells later whether the right key was given, without telling anything about it. */
  public String checkValue() {
    return HexFormat.of().formatHex(derive("walletsync master key check", BYTES));
  }

  SecretKey keyFor(String algorithm, String purpose) {
    try {
      return hkdf().deriveKey(algorithm, parameters(purpose, BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK of this release has HKDF-SHA256", e);
    }
  }

  private byte[] derive(String purpose, int length) {
    try {
      return hkdf().deriveData(parameters(purpose, length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK of this release has HKDF-SHA256", e);
    }
  }

  private static KDF hkdf() throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256");
  }

  private HKDFParameterSpec parameters(String purpose, int length) {
    return HKDFParameterSpec.ofExtract()
        .addIKM(bytes)
        .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), length);
  }

  @Override
  public String toString() {
    return "MasterKey[" + id() + "]";
  }
}
