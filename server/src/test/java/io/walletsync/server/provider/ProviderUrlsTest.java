package io.walletsync.server.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderUrlsTest {
  @Test
  void theDocumentedAddressHoldsUntilASettingGivesAnother() {
    var urls = new ProviderUrls(Map.of("A_BASE_URL", URI.create("http://127.0.0.1:9")));

    assertThat(urls.get("A_BASE_URL", "https://a.example")).isEqualTo("http://127.0.0.1:9");
    assertThat(urls.get("B_BASE_URL", "https://b.example")).isEqualTo("https://b.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/v1/", "/v1//"})
  void aPathGoesOnWithoutASlashAtItsEnd(String prefix) {
    var urls = new ProviderUrls(Map.of("A_BASE_URL", URI.create("https://proxy.example" + prefix)));

    assertThat(urls.get("A_BASE_URL", "https://a.example")).isEqualTo("https://proxy.example/v1");
  }
}
