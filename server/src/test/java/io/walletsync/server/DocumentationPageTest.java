package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page to read the description works without a signature and without a network. */
class DocumentationPageTest {
  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

  private static StubPaystack paystack;
  private static TestServer server;

  @BeforeAll
  static void start() {
    paystack = new StubPaystack();
    server = TestServer.start(TestDatabase.create(), paystack.url());
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @Test
  void theShortPathLeadsToThePageWhateverTheHostIsCalled() {
    var answer = get("/docs").expect(302);

    assertThat(answer.header("Location")).isEqualTo("/docs/");
  }

  @Test
  void everyFileThePageLoadsIsServedHere() {
    var page = get("/docs/").expect(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    var references = references(page.body());

    assertThat(references).hasSizeGreaterThanOrEqualTo(5).contains("/openapi.yaml");
    assertThat(references)
        .allSatisfy(
            reference -> {
              assertThat(reference).startsWith("/").doesNotStartWith("//");
              assertThat(get(reference).expect(200).body()).isNotEmpty();
            });
    assertThat(get("/docs/docs.js").body()).contains("url: \"/openapi.yaml\"");
  }

  @Test
  void nothingIsLoadedFromAnotherHost() {
    for (var file : references(get("/docs/").body())) {
      var body = get(file).body();
      if (file.endsWith(".css")) {
        assertThat(body).doesNotContain("@import").doesNotContainPattern("url\\(['\"]?+(?!data:)");
      }
      if (file.startsWith("/docs/")) {
        assertThat(body).doesNotContain("http:", "https:", "//cdn");
      }
    }
    assertThat(get("/docs/").body()).doesNotContain("http:", "https:");
  }

  @Test
  void thePolicyAllowsOnlyOurOwnScriptsAndStyles() {
    var page = get("/docs/");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .contains("connect-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http:", "https:", "*");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    // what the policy would forbid must not be in the page
    assertThat(page.body())
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContain("<style", " style=", " onclick=", " onload=");
  }

  @Test
  void thePageSendsNoRequestsOfItsReader() {
    assertThat(get("/docs/docs.js").body()).contains("supportedSubmitMethods: []");
  }

  @Test
  void whatIsNotThereIsAProblemAndNoWayOut() {
    assertThat(get("/docs/nothing.js").expect(404).problem()).isEqualTo("route-not-found");
    assertThat(get("/webjars/").expect(404).problem()).isEqualTo("route-not-found");
    assertThat(get("/docs/..%2fapplication.properties").status()).isIn(400, 401);
    assertThat(get("/webjars/../application.properties").status()).isIn(400, 401);
    assertThat(get("/application.properties").expect(401).problem()).isEqualTo("signature-invalid");
  }

  private static List<String> references(String html) {
    var references = new ArrayList<String>();
    var found = REFERENCE.matcher(html);
    while (found.find()) {
      if (!found.group(1).startsWith("data:")) {
        references.add(found.group(1));
      }
    }
    return references;
  }

  private static Answer get(String path) {
    return ApiClient.send(HttpRequest.newBuilder(URI.create(server.address() + path)).build());
  }
}
