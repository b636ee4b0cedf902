package io.walletsync.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignatureBaseTest {
  private static final String INPUT =
      "(\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\"";

  @Test
  void reproducesTheVectorOfTheStandard() {
    // RFC 9421, appendix B.2.5
    var secret =
        "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";
    var base = Objects.requireNonNull(base(List.of("date", "@authority", "content-type")));
    assertThat(base)
        .isEqualTo(
            """
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@authority": example.com
            "content-type": application/json
            "@signature-params": ("date" "@authority" "content-type")\
            ;created=1618884473;keyid="test-shared-secret\"""");
    var mac =
        OpaqueBytes.of(Base64.getDecoder().decode(secret))
            .mac(base.getBytes(StandardCharsets.US_ASCII));
    assertThat(Base64.getEncoder().encodeToString(mac.toArray()))
        .isEqualTo("pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
  }

  @Test
  void takesEveryDerivedComponentFromTheRequestLine() {
    assertThat(base(List.of("@method", "@scheme", "@path", "@query", "@request-target")))
        .startsWith(
            """
            "@method": POST
            "@scheme": https
            "@path": /foo%20bar
            "@query": ?param=Value&Pet=dog
            "@request-target": /foo%20bar?param=Value&Pet=dog
            """);
    assertThat(base(List.of("@target-uri")))
        .startsWith("\"@target-uri\": https://example.com/foo%20bar?param=Value&Pet=dog\n");
  }

  @Test
  void hasNoTextForAComponentThatIsAbsentRepeatedOrUnknown() {
    assertThat(base(List.of("x-absent"))).isNull();
    assertThat(base(List.of("date", "date"))).isNull();
    assertThat(base(List.of("@status"))).isNull();
    assertThat(base(List.of("Date"))).isNull();
  }

  private static @Nullable String base(List<String> components) {
    var signature =
        new ReceivedSignature(
            components, INPUT, null, null, null, null, null, OpaqueBytes.of(new byte[0]));
    var request =
        new SignedRequest(
            "POST",
            "https",
            "example.com",
            "/foo%20bar",
            "param=Value&Pet=dog",
            Map.of("date", "Tue, 20 Apr 2021 02:07:55 GMT", "content-type", "application/json"),
            OpaqueBytes.of(new byte[0]),
            null,
            List.of(signature),
            null,
            null);
    var base = SignatureBase.of(request, signature);
    return base == null ? null : new String(base, StandardCharsets.ISO_8859_1);
  }
}
