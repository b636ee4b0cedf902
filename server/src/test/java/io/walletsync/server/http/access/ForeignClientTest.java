package io.walletsync.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.access.AccessExample;
import io.walletsync.core.access.ConnectionLimit;
import io.walletsync.core.access.Scopes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/** A client that somebody else wrote is understood; needs Node.js and a registry to install it. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignClientTest {
  private static final Path SOURCE = Path.of("src", "test", "js");
  private static final Path CLIENT = Path.of("target", "foreign-client");

  private final AccessServer server = new AccessServer();

  @BeforeAll
  void installsTheClient() throws Exception {
    server.access.add("shop", Scopes.EVERY, ConnectionLimit.NONE);
    Files.createDirectories(CLIENT);
    for (var file : List.of("package.json", "sign-and-send.mjs")) {
      Files.copy(SOURCE.resolve(file), CLIENT.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    run(List.of("npm", "install", "--no-audit", "--no-fund", "--no-package-lock"));
  }

  @AfterAll
  void stops() {
    server.close();
  }

  @Test
  void servesWhatItSigns() throws Exception {
    assertThat(send("POST", "/api/v1/echo?a=1&a=%20", "{\"note\": \"näira\"}", "order:1"))
        .isEqualTo("200 {\"note\": \"näira\"}");
    assertThat(send("GET", "/api/v1/echo/caf%C3%A9?x=y", null, null))
        .isEqualTo("200 shop café x=y");
    assertThat(send("POST", "/api/v1/echo", null, null)).isEqualTo("200 nothing");
  }

  private String send(
      String method, String target, @Nullable String body, @Nullable String idempotencyKey)
      throws Exception {
    var call = new HashMap<String, @Nullable Object>();
    call.putAll(Map.of("method", method, "url", server.uri(target).toString(), "keyId", "shop"));
    call.put("body", body);
    call.put("idempotencyKey", idempotencyKey);
    call.put("secret", Base64.getEncoder().encodeToString(AccessExample.SECRET.toArray()));
    call.put("created", AccessExample.NOW.getEpochSecond());
    return run(List.of("node", "sign-and-send.mjs", new JsonMapper().writeValueAsString(call)));
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(CLIENT.toFile());
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }
}
