package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.walletsync.core.Concurrently;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our house keeps its rules; a bad house shows that each of them can be broken. */
final class HouseRulesTest {
  private static final String OURS = "io.walletsync";
  private static final String BAD = "io.walletsync.badhouse";

  @TestFactory
  Stream<DynamicTest> ourHouseKeeps() {
    var house = ourHouse();
    return HouseRules.of(OURS).entrySet().stream()
        .map(rule -> dynamicTest(rule.getKey(), () -> rule.getValue().check(house)));
  }

  @TestFactory
  Stream<DynamicTest> aBadHouseBreaks() {
    var house = new ClassFileImporter().importPackages(BAD);
    return HouseRules.of(BAD).entrySet().stream()
        // of the map's arrows one is enough: they are made in one loop
        .filter(rule -> !rule.getKey().contains(" sees only ") || isBroken(rule.getKey()))
        .map(
            rule ->
                dynamicTest(
                    rule.getKey(),
                    () ->
                        assertThatThrownBy(() -> rule.getValue().check(house))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining("because")
                            .hasMessageContaining(BAD)));
  }

  @Test
  void theRulesLookAtOurHouseAndNotAtItsTests() {
    var house = ourHouse();

    assertThat(house.contain(WalletSync.class)).isTrue();
    assertThat(house.contain(HouseRulesTest.class)).isFalse();
    assertThat(house.stream().filter(type -> type.getPackageName().startsWith(BAD))).isEmpty();
    assertThat(house.stream().map(type -> type.getPackageName()))
        .contains("io.walletsync.core.balance", "io.walletsync.core.memory");
    assertThat(house.stream().filter(type -> type.getSimpleName().endsWith("Contract"))).isEmpty();
  }

  /**
   * The pool that is taken where none is given has one thread on a small machine: what a test means
   * to wait there never begins, and what it asserts of it is always true.
   */
  @Test
  void testsBeginNothingOnThePoolOfEverybody() {
    var tests =
        new ClassFileImporter()
            .withImportOption(
                location -> location.contains("test-classes") || location.contains("-tests.jar"))
            .importPackages(OURS);
    assertThat(tests.contain(HouseRulesTest.class)).isTrue();
    assertThat(tests.contain(Concurrently.class)).isTrue();

    var begun =
        tests.stream()
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(call -> call.getTargetOwner().isEquivalentTo(CompletableFuture.class))
            .filter(call -> call.getTarget().getName().endsWith("Async"))
            .filter(
                call ->
                    call.getTarget().getRawParameterTypes().stream()
                        .noneMatch(type -> type.isEquivalentTo(Executor.class)))
            .map(call -> call.getDescription())
            .toList();

    assertThat(begun).as("use Concurrently.run or Concurrently.supply").isEmpty();
  }

  private static boolean isBroken(String arrows) {
    return arrows.startsWith("kernel ") || arrows.startsWith("sync ");
  }

  private static JavaClasses ourHouse() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        // the option above knows target/test-classes, but not the jar of the core's tests
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages(OURS);
  }
}
