package io.walletsync.server.postgres;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals secrets before they are stored (AES-256-GCM) and opens them again. What is sealed is bound
 * to its row, so that nobody who can write to the database can move it to another.
 */
final class SecretVault {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final MasterKey masterKey;
  private final SecretKey sealing;
  private final SecretKey hashing;
  private final SecureRandom random = new SecureRandom();

  SecretVault(MasterKey masterKey) {
    this.masterKey = masterKey;
    this.sealing = masterKey.keyFor("AES", "walletsync seal");
    this.hashing = masterKey.keyFor("HmacSHA256", "walletsync keyed hash");
  }

  /**
   * What is stored of a secret.
   *
   * @param keyId the master key it was sealed with
   * @param bytes nonce, ciphertext and tag
   */
  @SuppressWarnings("ArrayRecordComponent") // carried to the next statement, never compared
  record Sealed(String keyId, byte[] bytes) {}

  /**
   * Seals a secret.
   *
   * @param boundTo names the one place where it may be opened: table, row and version
   */
  Sealed seal(byte[] secret, String boundTo) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, boundTo).doFinal(secret);
      var bytes = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, bytes, NONCE_BYTES, sealed.length);
      return new Sealed(masterKey.id(), bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /** Opens what was sealed for that place; anything else is a broken invariant. */
  byte[] open(Sealed sealed, String boundTo) {
    if (!sealed.keyId().equals(masterKey.id())) {
      throw new IllegalStateException(
          boundTo + " is sealed with master key " + sealed.keyId() + ", not " + masterKey.id());
    }
    var bytes = sealed.bytes();
    if (bytes.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      throw new IllegalStateException(boundTo + " is too short to be sealed");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), boundTo)
          .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw new IllegalStateException(boundTo + " was changed after it was sealed", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /**
   * The same for the same secret, and worthless to whoever reads it: finds a secret given twice.
   */
  byte[] keyedHash(byte[] secret) {
    try {
      var mac = Mac.getInstance(hashing.getAlgorithm());
      mac.init(hashing);
      return mac.doFinal(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  /** What to store on the first start and to compare with on every other. */
  String checkValue() {
    return masterKey.checkValue();
  }

  private Cipher cipher(int mode, byte[] nonce, String boundTo) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(boundTo.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
