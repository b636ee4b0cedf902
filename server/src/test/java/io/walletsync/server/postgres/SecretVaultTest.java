package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.server.postgres.SecretVault.Sealed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretVaultTest {
  private static final byte[] SECRET = "open sesame".getBytes(StandardCharsets.UTF_8);

  private final MasterKey masterKey = masterKey(1);
  private final SecretVault vault = new SecretVault(masterKey);

  @Test
  void opensWhatItSealed() {
    var sealed = vault.seal(SECRET, "row 1");
    assertThat(vault.open(sealed, "row 1")).isEqualTo(SECRET);
    assertThat(sealed.keyId()).isEqualTo(masterKey.id()).matches("[0-9a-f]{8}");
  }

  @Test
  void sealsTheSameSecretDifferentlyEachTime() {
    assertThat(vault.seal(SECRET, "row 1").bytes())
        .isNotEqualTo(vault.seal(SECRET, "row 1").bytes());
  }

  @Test
  void opensNothingInAnotherPlace() {
    var sealed = vault.seal(SECRET, "row 1");
    assertThatThrownBy(() -> vault.open(sealed, "row 2")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void noticesEveryChangedByte() {
    var sealed = vault.seal(SECRET, "row 1");
    for (var i = 0; i < sealed.bytes().length; i++) {
      var changed = sealed.bytes().clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> vault.open(new Sealed(sealed.keyId(), changed), "row 1"))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> vault.open(new Sealed(sealed.keyId(), new byte[27]), "row 1"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void saysWhichMasterKeyIsMissing() {
    var sealed = new SecretVault(masterKey(2)).seal(SECRET, "row 1");
    assertThatThrownBy(() -> vault.open(sealed, "row 1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(masterKey(2).id());
  }

  @Test
  void hashesDependOnSecretAndMasterKey() {
    var hash = vault.keyedHash(SECRET);
    assertThat(new SecretVault(masterKey(1)).keyedHash(SECRET)).isEqualTo(hash);
    assertThat(new SecretVault(masterKey(2)).keyedHash(SECRET)).isNotEqualTo(hash);
    assertThat(vault.keyedHash(new byte[1])).isNotEqualTo(hash);
  }

  @Test
  void theCheckValueTellsMasterKeysApart() {
    assertThat(vault.checkValue()).isEqualTo(new SecretVault(masterKey(1)).checkValue());
    assertThat(vault.checkValue()).isNotEqualTo(new SecretVault(masterKey(2)).checkValue());
  }

  @Test
  void readsAMasterKeyFromSettings() {
    var text = Base64.getEncoder().encodeToString(bytes(1));
    assertThat(MasterKey.ofBase64(text + "\n").id()).isEqualTo(masterKey.id());
    assertThatThrownBy(() -> MasterKey.ofBase64("%%"))
        .hasMessage("the master key must be base64")
        .hasNoCause();
    assertThatThrownBy(() -> MasterKey.ofBase64("AAAA"))
        .hasMessage("the master key must have 32 bytes");
    assertThat(masterKey.toString()).isEqualTo("MasterKey[" + masterKey.id() + "]");
  }

  private static MasterKey masterKey(int fill) {
    return MasterKey.of(bytes(fill));
  }

  private static byte[] bytes(int fill) {
    var bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return bytes;
  }
}
