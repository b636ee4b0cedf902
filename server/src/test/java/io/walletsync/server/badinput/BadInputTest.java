package io.walletsync.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A signed request that is malformed is told what is wrong, and changes nothing at all. */
class BadInputTest {
  private static final String WALLETS = "/api/v1/wallets";

  private static BadInputServer to;

  @BeforeAll
  static void start() {
    to = new BadInputServer();
  }

  @AfterAll
  static void stop() {
    to.close();
  }

  @TestFactory
  Stream<DynamicTest> refusesIdsThatAreNone() {
    return tests(new BadRouteInput(to).ids());
  }

  @TestFactory
  Stream<DynamicTest> refusesParametersNobodyKnows() {
    return tests(new BadRouteInput(to).parameters());
  }

  @TestFactory
  Stream<DynamicTest> refusesFieldsNobodyKnows() {
    return tests(new BadRouteInput(to).fields());
  }

  @TestFactory
  Stream<DynamicTest> refusesBodiesThatAreNotOneJsonObject() {
    return tests(new BadRouteInput(to).bodies());
  }

  @TestFactory
  Stream<DynamicTest> refusesOtherContentTypes() {
    return tests(new BadRouteInput(to).contentTypes());
  }

  @TestFactory
  Stream<DynamicTest> refusesLargeBodies() {
    return tests(new BadRouteInput(to).largeBodies());
  }

  @TestFactory
  Stream<DynamicTest> refusesWrongRoutes() {
    return tests(
        Stream.of(
            BadInput.of(404, "route-not-found", "no route", () -> to.client.get("/api/v1/nowhere")),
            BadInput.of(
                404, "route-not-found", "a slash too many", () -> to.client.get(WALLETS + "/")),
            BadInput.of(404, "route-not-found", "the error page", () -> to.client.get("/error")),
            BadInput.of(404, "route-not-found", "the root", () -> to.client.get("/")),
            BadInput.of(404, "route-not-found", "no actuator", () -> to.client.get("/actuator")),
            BadInput.of(
                404,
                "wallet-not-found",
                "a wallet that does not exist",
                () -> to.client.sync(UUID.randomUUID().toString(), "some-key"))));
  }

  @TestFactory
  Stream<DynamicTest> tellsWhichMethodsAPathHas() {
    return Map.of(
            WALLETS,
            "GET, POST",
            WALLETS + "/" + to.wallet,
            "DELETE, GET, PATCH",
            WALLETS + "/" + to.wallet + "/sync-balance",
            "POST",
            WALLETS + "/" + to.wallet + "/balance",
            "GET",
            "/api/v1/audit-entries",
            "GET")
        .entrySet()
        .stream()
        .map(
            path ->
                dynamicTest(
                    path.getKey(),
                    () -> {
                      var answer = to.client.send("PUT", path.getKey(), null, Map.of(), "{}");
                      to.refuses(BadInput.of(405, "method-not-allowed", "PUT", () -> answer));
                      assertThat(answer.header("Allow")).isEqualTo(path.getValue());
                    }));
  }

  @Test
  void aSignedOptionsTellsTheMethods() {
    var answer = to.client.send("OPTIONS", WALLETS, null, Map.of(), null).expect(200);

    assertThat(answer.header("Allow")).contains("GET", "POST");
  }

  @Test
  void whatIsAcceptedIsJsonAndNotRefusedAfterTheWork() {
    var answer =
        to.client.send(
            "POST",
            "/api/v1/api-keys",
            null,
            Map.of("Accept", "text/html"),
            "{\"name\":\"x\",\"scopes\":[\"wallets:read\"]}");

    assertThat(answer.expect(201).header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text("secret")).isNotEmpty();
  }

  @Test
  void aHugeAgeIsJustVeryPatient() {
    to.client.get(WALLETS + "/" + to.wallet + "/balance?max_age=P106751991167300D").expect(200);
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutAccess() {
    return tests(new BadAccessInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutAlerts() {
    return tests(new BadAlertInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutBalances() {
    return tests(new BadBalanceInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutConnections() {
    return tests(new BadConnectionInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutProviderEvents() {
    return tests(new BadEventInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutExports() {
    return tests(new BadExportInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutFeeds() {
    return tests(new BadFeedInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutMovements() {
    return tests(new BadMovementInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesLimitsAndCursors() {
    return tests(new BadPageInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutPayouts() {
    return tests(new BadPayoutInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutQuarantine() {
    return tests(new BadQuarantineInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutReconciliations() {
    return tests(new BadReconciliationInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutRunways() {
    return tests(new BadRunwayInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutSyncs() {
    return tests(new BadSyncInput(to).all());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadInputAboutWallets() {
    return tests(new BadWalletInput(to).all());
  }

  private static Stream<DynamicTest> tests(Stream<BadInput> inputs) {
    return inputs.map(input -> dynamicTest(input.name(), () -> to.refuses(input)));
  }
}
