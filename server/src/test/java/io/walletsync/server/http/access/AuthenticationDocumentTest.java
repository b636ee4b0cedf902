package io.walletsync.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.walletsync.core.access.AccessExample;
import io.walletsync.core.access.ApiKey;
import io.walletsync.core.access.AuthenticateRequest.Outcome.Authenticated;
import io.walletsync.core.access.ConnectionLimit;
import io.walletsync.core.access.OpaqueBytes;
import io.walletsync.core.access.Scopes;
import io.walletsync.core.access.SignedRequest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The worked example and the script of the document do what the document says. */
class AuthenticationDocumentTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final String KEY_ID = "example-key";

  private final String document = read(DOCS.resolve("authentication.md"));
  private final byte[] secret = Base64.getDecoder().decode(block("secret"));

  @Test
  void theSignatureOfTheExampleIsThatOfItsBase() throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    var signature = mac.doFinal(block("base").getBytes(StandardCharsets.US_ASCII));
    assertThat(headers())
        .containsEntry("signature", "sig1=:" + Base64.getEncoder().encodeToString(signature) + ":");
  }

  @Test
  void theServerAcceptsTheExample() {
    var access = new AccessExample();
    var key =
        new ApiKey(
            access.ids.next(),
            KEY_ID,
            "Example",
            Scopes.EVERY,
            ConnectionLimit.NONE,
            AccessExample.NOW,
            null,
            null);
    access.keys.add(key, OpaqueBytes.of(secret));
    var parts = block("http").split("\n\n", 2);
    var target = parts[0].lines().findFirst().orElseThrow().split(" ", 3)[1].split("\\?", 2);
    var headers = headers();
    var request =
        new SignedRequest(
            "POST",
            "http",
            "127.0.0.1:8080",
            target[0],
            target[1],
            headers,
            OpaqueBytes.of(parts[1].getBytes(StandardCharsets.UTF_8)),
            SignatureHeaders.sha256(headers.get("content-digest")),
            SignatureHeaders.signatures(headers.get("signature-input"), headers.get("signature")),
            null,
            null);
    assertThat(access.authenticateRequest().authenticate(request))
        .isInstanceOf(Authenticated.class);
  }

  @Test
  void theDocumentNamesEveryScope() {
    for (var code : Scopes.EVERY.codes()) {
      assertThat(document).contains("`" + code + "`");
    }
  }

  @Test
  void theServerAcceptsWhatTheScriptSends() throws Exception {
    try (var server = new AccessServer()) {
      server.access.add("shop", Scopes.EVERY, ConnectionLimit.NONE);
      var now = Instant.now();
      server.access.clock.step(Duration.between(server.access.clock.instant(), now));
      var url = server.uri("").toString();
      var body = "{\"user_id\": \"ada\", \"note\": \"@50% näira\"}";
      assertThat(run(Map.of("WALLETSYNC_URL", url), "POST", "/api/v1/echo?a=%20&a=?", body, "k:1"))
          .isEqualTo(body);
      assertThat(run(Map.of("WALLETSYNC_URL", url), "GET", "/api/v1/echo/caf%C3%A9?x=1"))
          .isEqualTo("shop café x=1");
      assertThat(run(Map.of("WALLETSYNC_URL", url), "DELETE", "/api/v1/api-keys/x"))
          .contains("must be a UUID");
    }
  }

  @Test
  void theScriptPrintsTheHeadersItWouldSend() throws Exception {
    var printed = run(Map.of("DRY_RUN", "1"), "POST", "/a?b=c", "{}", "order-1");
    assertThat(printed.lines().map(line -> line.replaceFirst(":.*", "")))
        .containsExactly(
            "Content-Type", "Content-Digest", "Idempotency-Key", "Signature-Input", "Signature");
  }

  private static String run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    for (var program : List.of("bash", "openssl", "curl")) {
      assumeTrue(isInstalled(program), program + " is not installed");
    }
    var command = new ArrayList<String>();
    command.add("bash");
    command.add(DOCS.resolve("examples/sign.sh").toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("WALLETSYNC_KEY_ID", "shop");
    builder
        .environment()
        .put(
            "WALLETSYNC_KEY_SECRET",
            Base64.getEncoder().encodeToString(AccessExample.SECRET.toArray()));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static boolean isInstalled(String program) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getenv("PATH"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private Map<String, String> headers() {
    return block("http")
        .split("\n\n", 2)[0]
        .lines()
        .skip(1)
        .map(line -> line.split(": ", 2))
        .collect(Collectors.toMap(h -> h[0].toLowerCase(Locale.ROOT), h -> h[1]));
  }

  /** The one fenced block of the document with that label. */
  private String block(String label) {
    var matcher = Pattern.compile("```" + label + "\n(.*?)\n```", Pattern.DOTALL).matcher(document);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
