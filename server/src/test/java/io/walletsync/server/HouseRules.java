package io.walletsync.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** The rules of the house, for any house of this shape, so that they can be tried on a bad one. */
final class HouseRules {
  /** The whole map of the core: each feature and the features it may see. */
  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("kernel", List.of()),
          // kernel for InvalidValue alone: a refused amount and a refused key are one kind of thing
          Map.entry("money", List.of("kernel")),
          Map.entry("audit", List.of("kernel")),
          Map.entry("access", List.of("kernel", "audit")),
          Map.entry("retention", List.of()),
          Map.entry("wallet", List.of("kernel", "money", "audit")),
          Map.entry("balance", List.of("kernel", "money", "wallet", "audit")),
          Map.entry("analytics", List.of("kernel", "money", "wallet", "balance")),
          Map.entry(
              "export", List.of("kernel", "money", "wallet", "balance", "analytics", "movement")),
          Map.entry("position", List.of("kernel", "money", "wallet", "balance")),
          // kernel and audit for the use cases that need the registry and the provider
          Map.entry("provider", List.of("kernel", "money", "audit", "wallet", "balance")),
          Map.entry(
              "event",
              List.of(
                  "kernel", "money", "wallet", "balance", "provider", "sync", "schedule", "audit")),
          Map.entry(
              "schedule",
              List.of("kernel", "money", "wallet", "balance", "provider", "sync", "audit")),
          // what happens elsewhere is told from here, so that nobody else needs to know the outbox
          Map.entry(
              "notification",
              List.of(
                  "kernel",
                  "money",
                  "audit",
                  "wallet",
                  "balance",
                  "provider",
                  "schedule",
                  "reconciliation")),
          Map.entry("publishing", List.of("kernel", "wallet", "notification")),
          Map.entry("channel", List.of("kernel")),
          Map.entry(
              "subscription", List.of("kernel", "audit", "wallet", "notification", "channel")),
          Map.entry(
              "delivery",
              List.of(
                  "kernel",
                  "money",
                  "audit",
                  "wallet",
                  "balance",
                  "notification",
                  "channel",
                  "subscription")),
          Map.entry("rule", List.of("kernel", "money", "wallet")),
          Map.entry("judgement", List.of("money", "wallet", "balance", "schedule", "rule")),
          Map.entry(
              "alert",
              List.of(
                  "kernel",
                  "money",
                  "audit",
                  "wallet",
                  "balance",
                  "schedule",
                  "reconciliation",
                  "notification",
                  "rule",
                  "judgement")),
          Map.entry("sync", List.of("kernel", "money", "wallet", "balance", "provider", "audit")),
          Map.entry(
              "bulk", List.of("kernel", "money", "wallet", "balance", "provider", "sync", "audit")),
          Map.entry(
              "movement", List.of("kernel", "money", "wallet", "balance", "provider", "audit")),
          Map.entry("runway", List.of("kernel", "money", "wallet", "balance", "audit")),
          // sync to ask first where the balance is too old, movement for what has left
          Map.entry(
              "payout",
              List.of(
                  "kernel", "money", "wallet", "balance", "provider", "sync", "movement", "audit")),
          // movement for what the provider's own ledger explains
          Map.entry(
              "reconciliation",
              List.of("kernel", "money", "wallet", "balance", "movement", "audit")),
          Map.entry(
              "memory",
              List.of(
                  "kernel",
                  "money",
                  "audit",
                  "access",
                  "wallet",
                  "balance",
                  "position",
                  "provider",
                  "sync",
                  "schedule",
                  "event",
                  "bulk",
                  "movement",
                  "reconciliation",
                  "notification",
                  "publishing",
                  "channel",
                  "subscription",
                  "delivery",
                  "rule",
                  "judgement",
                  "alert",
                  "runway",
                  "payout")));

  private static final List<String> JDK = List.of("java..", "javax.crypto..");

  /**
   * What changes by design: a wallet while a batch is judged, a course while it is told or run, and
   * counts kept under a lock.
   */
  private static final Set<String> MUTABLE =
      Set.of(
          "balance.WalletLedger.latest",
          "balance.WalletDoubts.open",
          "kernel.Gathering.itemsWaiting",
          "kernel.Gathering.underWay",
          "movement.Chain.last",
          "movement.Chain.balance",
          "movement.ImportRound$Reader.progress",
          "movement.ImportRound$Reader.added",
          "movement.ImportRound$Reader.found",
          "movement.ChangeWalk.first",
          "movement.ChangeWalk.newest",
          "movement.ChangeWalk.isStopped",
          "movement.Rings.balances",
          "movement.Rings.movements",
          "reconciliation.BalanceCourse.end",
          "reconciliation.BalanceCourse.standing",
          "reconciliation.BalanceCourse.newest",
          "reconciliation.BalanceCourse.atStart",
          "reconciliation.BalanceCourse.nearest",
          "reconciliation.BalanceCourse.moved",
          "reconciliation.BalanceCourse.nearestMoved",
          "analytics.Curve.open",
          "alert.AlertLedger$OfRule.rule",
          "runway.PastWeeks.first",
          "runway.PastWeeks.last",
          "runway.Course$Run.level",
          "runway.Course$Run.next",
          "runway.Course$Run.runsOutAt",
          "runway.Course$Run.uncovered",
          "export.MovementRows.query",
          "export.MovementRows.page",
          "export.MovementRows.next",
          "export.Pen.isOpened",
          "export.Pen.opening",
          "export.Pen.balance",
          "access.FailedAuthentications.minute",
          "access.FailedAuthentications$Count.seen",
          "access.FailedAuthentications$Count.more",
          "access.FailedAuthentications$Count.last");

  private static final Pattern FORBIDDEN_NAME =
      Pattern.compile("Default.*|.*(Impl|Manager|Helper|Utils?|Dto|DTO|Service)");

  private static final Pattern MONEY_NAME =
      Pattern.compile("(?i).*(money|amount|balance|available|ledger|locked)s?");

  private final String core;
  private final String server;
  private final Map<String, ArchRule> rules = new LinkedHashMap<>();

  private HouseRules(String base) {
    core = base + ".core";
    server = base + ".server";
  }

  /** The rules by name for the house in this package. */
  static Map<String, ArchRule> of(String base) {
    var house = new HouseRules(base);
    house.arrows();
    house.adapters();
    house.values();
    house.boundaries();
    house.names();
    return house.rules;
  }

  private void arrows() {
    ARROWS.forEach(
        (feature, seen) -> {
          var allowed = new ArrayList<>(JDK);
          allowed.add("org.jspecify..");
          allowed.add(inCore(feature));
          seen.forEach(other -> allowed.add(inCore(other)));
          rule(
              feature + " sees only " + seen,
              classes()
                  .that()
                  .resideInAPackage(inCore(feature))
                  .should()
                  .onlyDependOnClassesThat()
                  .resideInAnyPackage(allowed.toArray(String[]::new)),
              "a feature can be read, tested and changed with what it may see, and no more");
        });
    rule(
        "every package of the core is on the map",
        classes()
            .that()
            .resideInAPackage(core + "..")
            .should()
            .resideInAnyPackage(ARROWS.keySet().stream().map(this::inCore).toArray(String[]::new)),
        "a feature that is not on the map has no rules");
    rule(
        "the features of the core make no ring",
        slices().matching(core + ".(*)..").should().beFreeOfCycles(),
        "of two features in a ring neither can be understood first");
    rule(
        "the core knows the JDK and JSpecify alone",
        classes()
            .that()
            .resideInAPackage(core + "..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", core + ".."),
        "what it means to hold a balance outlives every framework");
    rule(
        "nobody sees the in-memory storage",
        noClasses()
            .that()
            .resideOutsideOfPackages(core + ".memory..", server + ".config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(core + ".memory.."),
        "what it keeps is gone after a restart: it is for tests and explicit wiring");
  }

  private void adapters() {
    var wiring = resideInAnyPackage(server + ".config..", server + ".demo..");
    rule(
        "adapters do not see each other",
        slices()
            .matching(server + ".(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(wiring, resideInAPackage(server + ".."))
            .ignoreDependency(resideInAPackage(server + ".."), resideInAPackage(server + ".net..")),
        "an adapter that knows another cannot be replaced alone; only the wiring knows them all");
    rule(
        "the groups of routes make no ring",
        slices().matching(server + ".http.(*)..").should().beFreeOfCycles(),
        "routes that show one another's JSON can still be read one after the other");
    rule(
        "adapters do not see the process they run in",
        noClasses()
            .that()
            .resideInAPackage(server + ".(*)..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(server),
        "start and stop use the adapters, never the other way round");
    rule(
        "what adapters share knows none of them",
        noClasses()
            .that()
            .resideInAPackage(server + ".net..")
            .should()
            .dependOnClassesThat(
                resideInAPackage(server + "..")
                    .and(DescribedPredicate.not(resideInAPackage(server + ".net..")))),
        "otherwise two adapters would see each other through it");
    rule(
        "providers do not see each other",
        // the simulators are one slice: they see no adapter, and no adapter sees them
        slices().matching(server + ".provider.(*)..").should().notDependOnEachOther(),
        "each speaks one foreign API, and a fix for one must not change another");
    rule(
        "what providers share knows none of them",
        noClasses()
            .that()
            .resideInAPackage(server + ".provider")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(server + ".provider.(*).."),
        "otherwise two providers would see each other through it");
    rule(
        "simulators do not see each other",
        slices().matching(server + ".provider.simulator.(*)..").should().notDependOnEachOther(),
        "each speaks one foreign API, as the adapters do");
    rule(
        "what simulators share knows none of them",
        noClasses()
            .that()
            .resideInAPackage(server + ".provider.simulator")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(server + ".provider.simulator.(*).."),
        "otherwise two simulators would see each other through it");
    rule(
        "adapters of ports are hidden",
        classes()
            .that()
            .resideInAnyPackage(server + "..", core + ".memory..")
            .and()
            .areNotInterfaces()
            .and(implementAPort())
            .should()
            .bePackagePrivate()
            .orShould()
            .bePrivate(),
        "whoever can name an adapter's class depends on a technology instead of a port");
  }

  private void values() {
    rule(
        "no binary fractions in the core",
        noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(core + "..")
            .should()
            .haveRawType(binaryFraction()),
        "0.1 has no exact binary form, and money is exact");
    rule(
        "nothing in the core is turned into a binary fraction",
        noClasses()
            .that()
            .resideInAPackage(core + "..")
            .should()
            .callMethodWhere(
                call("doubleValue or floatValue", c -> isOneOf(c, "doubleValue", "floatValue")))
            .orShould()
            .callConstructor(BigDecimal.class, double.class),
        "an amount that went through a double is another amount");
    rule(
        "no field that holds money is a binary fraction",
        noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(server + "..")
            .and()
            .haveNameMatching(MONEY_NAME.pattern())
            .should()
            .haveRawType(binaryFraction()),
        "what an adapter rounds on the way is lost for everybody behind it");
    rule(
        "the state of the core is final",
        fields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(core + "..")
            .and(areNotMutableByDesign())
            .should()
            .beFinal(),
        "values that never change can be shared between threads and trusted after a check");
    rule(
        "the classes of the core are final",
        classes()
            .that()
            .resideInAPackage(core + "..")
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(JavaModifier.FINAL),
        "behaviour is composed, not inherited");
  }

  private void boundaries() {
    rule(
        "time is given, never asked",
        noClasses()
            .that()
            .resideInAPackage(core + "..")
            .or()
            .resideInAPackage(server + "..")
            .and()
            .resideOutsideOfPackage(server + ".config..")
            .should()
            .callMethodWhere(call("the clock of the machine", HouseRules::asksTheTime)),
        "the database's clock decides, and a test must be able to move it");
    rule(
        "only wiring picks a clock",
        noClasses()
            .that()
            .resideInAPackage(core + "..")
            .or()
            .resideInAPackage(server + ".(*)..")
            .and()
            .resideOutsideOfPackages(server + ".config..", server + ".demo..")
            .should()
            .callMethodWhere(call("a system clock", HouseRules::picksAClock)),
        "a clock that is injected once is the same clock everywhere");
    rule(
        "SQL stays with the database",
        noClasses()
            .that()
            .resideInAnyPackage(core + "..", server + "..")
            .and()
            .resideOutsideOfPackages(
                server + ".postgres..", server + ".config..", server + ".embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql.."),
        "a query outside the adapter escapes the contracts of the ports");
    rule(
        "ports return no null",
        methods()
            .that()
            .areDeclaredInClassesThat()
            .areInterfaces()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage(core + "..")
            .should(returnNoNull()),
        "absence is an Optional or an outcome of its own, which no caller can overlook");
    rule(
        "every package is null-marked",
        classes()
            .that()
            .resideInAnyPackage(core + "..", server + "..")
            .should(resideInANullMarkedPackage()),
        "the compiler checks nulls only where the package asks for it");
    rule(
        "nothing is injected into fields",
        noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(server + "..")
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value"),
        "a constructor shows what a class needs, and makes it whole from the start");
  }

  private void names() {
    rule(
        "names say what a class is",
        classes().that().resideInAnyPackage(core + "..", server + "..").should(beWellNamed()),
        "Impl, Manager, Helper, Util, Dto, Service and Default stand where a name is missing");
  }

  private void rule(String name, ArchRule rule, String reason) {
    rules.put(name, rule.because(reason).allowEmptyShould(true));
  }

  private String inCore(String feature) {
    return core + "." + feature + "..";
  }

  private DescribedPredicate<JavaClass> implementAPort() {
    return DescribedPredicate.describe(
        "implement a port of the core",
        type ->
            type.getAllRawInterfaces().stream()
                .anyMatch(port -> port.getPackageName().startsWith(core + ".")));
  }

  private static DescribedPredicate<JavaClass> binaryFraction() {
    var types = Set.of("double", "float", "java.lang.Double", "java.lang.Float");
    return DescribedPredicate.describe(
        "a binary fraction", type -> types.contains(type.getBaseComponentType().getName()));
  }

  private DescribedPredicate<JavaField> areNotMutableByDesign() {
    return DescribedPredicate.describe(
        "are not mutable by design",
        field -> MUTABLE.stream().noneMatch(name -> field.getFullName().equals(core + "." + name)));
  }

  private static DescribedPredicate<JavaCall<?>> call(
      String description, Predicate<JavaCall<?>> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }

  private static boolean isOneOf(JavaCall<?> call, String... names) {
    return List.of(names).contains(call.getTarget().getName());
  }

  private static boolean asksTheTime(JavaCall<?> call) {
    var owner = call.getTargetOwner();
    return (owner.getPackageName().equals("java.time") && isOneOf(call, "now"))
        || (owner.getName().equals("java.lang.System") && isOneOf(call, "currentTimeMillis"))
        || (owner.getName().equals("java.util.Date")
            && isOneOf(call, "<init>")
            && call.getTarget().getRawParameterTypes().isEmpty());
  }

  private static boolean picksAClock(JavaCall<?> call) {
    var owner = call.getTargetOwner().getName();
    return (owner.equals("java.time.Clock") || owner.equals("java.time.InstantSource"))
        && call.getTarget().getName().startsWith("system");
  }

  /** By reflection: ArchUnit does not see annotations on types, which is what these are. */
  private static ArchCondition<JavaMethod> returnNoNull() {
    return condition(
        "return no null",
        method -> !method.reflect().getAnnotatedReturnType().isAnnotationPresent(Nullable.class));
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return condition(
        "reside in a package marked with @NullMarked",
        type -> type.getPackage().isAnnotatedWith(NullMarked.class));
  }

  private static ArchCondition<JavaClass> beWellNamed() {
    return condition(
        "be well named", type -> !FORBIDDEN_NAME.matcher(type.getSimpleName()).matches());
  }

  private static <T extends HasName.AndFullName> ArchCondition<T> condition(
      String description, Predicate<T> isMet) {
    return new ArchCondition<>(description) {
      @Override
      public void check(T item, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                item, isMet.test(item), item.getFullName() + " does not " + description));
      }
    };
  }
}
