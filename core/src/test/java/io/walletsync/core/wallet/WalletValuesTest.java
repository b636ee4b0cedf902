package io.walletsync.core.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.kernel.InvalidValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WalletValuesTest {
  @Test
  void credentialsAreNeverPrinted() {
    var credentials = new Credentials(Map.of("secret_key", "sk_live_very_secret"));

    assertThat(credentials.toString()).doesNotContain("very_secret").doesNotContain("sk_");
    assertThat(new Connections.OpenConnection(Examples.connection(), credentials).toString())
        .doesNotContain("very_secret");
  }

  @Test
  void credentialsArePrintableAsciiWithoutSpaces() {
    for (var bad : List.of("", "a b", "a\n", "\u007f", "é", "x".repeat(513))) {
      assertThatThrownBy(() -> new Credentials(Map.of("secret_key", bad)))
          .isInstanceOf(InvalidValue.class);
    }
    assertThatCode(() -> new Credentials(Map.of("k", "!~" + "x".repeat(510))))
        .doesNotThrowAnyException();
  }

  @Test
  void aMissingCredentialIsABrokenInvariant() {
    assertThatThrownBy(() -> new Credentials(Map.of()).get("secret_key"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("secret_key");
  }

  @Test
  void aHintIsTheLastFourOfSixteenOrMoreCharacters() {
    assertThat(new Credentials(Map.of("k", "0123456789abcdef")).hint("k")).isEqualTo("cdef");
    assertThat(new Credentials(Map.of("k", "0123456789abcde")).hint("k")).isNull();
  }

  @Test
  void metadataHasLimits() {
    var fifty = entries(50);
    assertThat(Metadata.of(fifty).entries()).hasSize(50);
    assertThatThrownBy(() -> Metadata.of(entries(51))).isInstanceOf(InvalidValue.class);
    assertThatCode(() -> Metadata.of(Map.of("n".repeat(40), "v".repeat(500))))
        .doesNotThrowAnyException();
    assertThatCode(() -> Metadata.of(Map.of("n", ""))).doesNotThrowAnyException();
  }

  @Test
  void metadataRefusesWhatTheDatabaseCannotKeep() {
    for (var bad :
        List.of(
            Map.of("", "v"),
            Map.of("n".repeat(41), "v"),
            Map.of("n", "v".repeat(501)),
            Map.of("n\u0000", "v"),
            Map.of("n", "\u0000"),
            Map.of("n", "high \ud83d alone"),
            Map.of("n", "low \udcb0 alone"),
            Map.of("swapped \udcb0\ud83d", "v"))) {
      assertThatThrownBy(() -> Metadata.of(bad)).isInstanceOf(InvalidValue.class);
    }
    assertThatCode(() -> Metadata.of(Map.of("\ud83d\udcb0", "\ud83d\udcb0")))
        .doesNotThrowAnyException();
  }

  @Test
  void metadataIsNotChangedFromOutside() {
    var entries = new TreeMap<>(Map.of("a", "1"));
    var metadata = new Metadata(entries);

    entries.put("b", "2");

    assertThat(metadata).isEqualTo(Metadata.of(Map.of("a", "1")));
    assertThat(metadata.merge(Map.of("b", "2"))).isEqualTo(Metadata.of(entries));
    assertThat(metadata.entries()).hasSize(1);
  }

  @Test
  void providerNamesArePlainWords() {
    assertThat(new ProviderId("pay_stack2")).hasToString("pay_stack2");
    for (var bad : List.of("", "Paystack", "2pay", "pay-stack", "p".repeat(33), "pay\n")) {
      assertThatThrownBy(() -> new ProviderId(bad)).isInstanceOf(InvalidValue.class);
    }
  }

  @Test
  void walletTextsArePrintableAndShort() {
    var connection = Examples.connection();

    for (var bad : List.of(" ", "a\u0000", "a\nb", "\u200b", "x".repeat(129))) {
      assertThatThrownBy(() -> Examples.wallet(connection, bad, Examples.NGN))
          .isInstanceOf(InvalidValue.class);
    }
    assertThatCode(() -> Examples.wallet(connection, "x".repeat(128), Examples.NGN))
        .doesNotThrowAnyException();
  }

  @Test
  void walletIdsAreOrderedAsTheDatabaseOrdersThem() {
    var ids =
        Stream.of(
                "00000000-0000-0000-0000-000000000001",
                "00000000-0000-0000-8000-000000000000",
                "7fffffff-0000-0000-0000-000000000000",
                "80000000-0000-0000-0000-000000000000",
                "ffffffff-0000-0000-0000-000000000000")
            .map(text -> new WalletId(UUID.fromString(text)))
            .toList();

    assertThat(ids.reversed().stream().sorted()).isEqualTo(ids);
  }

  @Test
  void visibilityIncludesWhatItListsAndAllIncludesEverything() {
    var connection = Examples.connection().id();

    assertThat(Visibility.ALL.includes(connection)).isTrue();
    assertThat(new Visibility(Set.of(connection.value())).includes(connection)).isTrue();
    assertThat(new Visibility(Set.of()).includes(connection)).isFalse();
  }

  @Test
  void twoAdaptersForOneProviderAreRefused() {
    var profile = Examples.profile(Examples.PAYSTACK);

    assertThatThrownBy(() -> new ProviderProfiles(List.of(profile, profile)))
        .hasMessageContaining("paystack");
    assertThat(new ProviderProfiles(List.of(profile)).find(Examples.PAYSTACK, null))
        .contains(profile);
    assertThat(new ProviderProfiles(List.of(profile)).find(Examples.FINCRA, null)).isEmpty();
  }

  private static Map<String, String> entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(Integer::toString)
        .collect(Collectors.toMap(name -> name, name -> name));
  }
}
