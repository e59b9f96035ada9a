package dev.slipway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.stack.StackEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules that a machine keeps; each says why. */
class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("acceptance"))
          .importPackages("dev.slipway");

  private static final DescribedPredicate<JavaClass> PURE =
      are(
          nameMatching(
              "dev\\.slipway\\..*(Decider|Decision|Placing|Facts|Canceling|DefinitionRules"
                  + "|OperationScope|ServiceOperations|(Service|Start|Stop|Scale|Terminate)Operation"
                  + "|RollingUpdate|Scheduler|Strategy|Veto|Reconciler|NodeState|AccountState"
                  + "|LinkOrder|ServiceWishes|Stackfile|StackReferences|NeededRole"
                  + "|FailedLogins)(\\$.*)?"));

  @Test
  void theModelKnowsNoFramework() {
    noClasses()
        .that(resideInAPackage("dev.slipway.model..").and(notIn("dev.slipway.model.wire..")))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "org.springframework..",
                    "org.axonframework..",
                    "tools.jackson..",
                    "org.apache.kafka..",
                    "com.mongodb..")
                .and(not(Revision.class, TargetAggregateIdentifier.class)))
        .because("messages outlive every framework they are sent with")
        .check(ALL);
  }

  @Test
  void decidersAndFoldsArePure() {
    noClasses()
        .that(PURE.or(resideInAPackage("dev.slipway.model.service..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "java.io..",
            "java.net..",
            "java.sql..",
            "java.util.concurrent..",
            "org.apache.kafka..")
        .orShould()
        .callMethod(java.util.UUID.class, "randomUUID")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.time.InstantSource.class)
        .because("what they decide must follow from what they are given, today and at a replay")
        .check(ALL);
  }

  @Test
  void inputIsMatchedInLinearTime() {
    noClasses()
        .that(
            resideInAnyPackage(
                "dev.slipway.model..",
                "dev.slipway.http..",
                "dev.slipway.command..",
                "dev.slipway.query.."))
        .should()
        .dependOnClassesThat(resideInAPackage("java.util.regex.."))
        .orShould()
        .callMethod(String.class, "matches", String.class)
        .orShould()
        .callMethod(String.class, "replaceAll", String.class, String.class)
        .orShould()
        .callMethod(String.class, "replaceFirst", String.class, String.class)
        .orShould()
        .callMethod(String.class, "split", String.class)
        .orShould()
        .callMethod(String.class, "split", String.class, int.class)
        .because(
            "a backtracking expression lets a short request cost minutes; use RE2/J or Delimited")
        .check(ALL);
  }

  @Test
  void sidesDoNotKnowEachOther() {
    slices()
        .matching("dev.slipway.(command|query|agent)..")
        .should()
        .notDependOnEachOther()
        .because("each runs as a process of its own")
        .check(ALL);
  }

  @Test
  void aSideIsEnteredThroughItsConfiguration() {
    noClasses()
        .that()
        .resideInAPackage("dev.slipway.standalone..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "dev.slipway.command..", "dev.slipway.query..", "dev.slipway.agent..")
                .and(DescribedPredicate.not(nameMatching(".*Configuration"))))
        .because("whoever puts the sides together wires them and knows no more of them")
        .check(ALL);
  }

  @Test
  void packagesOfASideHaveNoCycles() {
    for (var side : Set.of("command", "query", "agent")) {
      slices()
          .matching("dev.slipway." + side + ".(*)..")
          .should()
          .beFreeOfCycles()
          .because("a feature is read without reading all the others")
          .check(ALL);
    }
  }

  @Test
  void everyPackageSaysWhatMayBeNull() {
    classes()
        .should(
            com.tngtech.archunit.lang.conditions.ArchConditions.be(
                new DescribedPredicate<JavaClass>("in a package that is @NullMarked") {
                  @Override
                  public boolean test(JavaClass type) {
                    return type.getPackage().tryGetAnnotationOfType(NullMarked.class).isPresent();
                  }
                }))
        .because("null is then an error of the compiler")
        .check(ALL);
  }

  @Test
  void everyEventHasARevision() {
    assertThat(
            Stream.of(
                    ServiceEvent.class,
                    StackEvent.class,
                    NodeEvent.class,
                    ActionEvent.class,
                    AccountEvent.class)
                .flatMap(ArchitectureTest::records))
        .allSatisfy(event -> assertThat(event).hasAnnotation(Revision.class));
  }

  @Test
  void everyCommandHasAHandler() throws Exception {
    var handled =
        Arrays.stream(
                Class.forName("dev.slipway.command.service.ServiceAggregate").getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(CommandHandler.class))
            .map(method -> method.getParameterTypes()[0])
            .collect(Collectors.<Class<?>>toSet());
    assertThat(handled).containsExactlyInAnyOrderElementsOf(records(ServiceCommand.class).toList());
  }

  /** Surefire passes over a class of another name, and nobody misses its tests. */
  @Test
  void everyClassWithTestsHasANameThatEndsInTest() throws IOException {
    var tests = Pattern.compile("@(Test|Property|ParameterizedTest|RepeatedTest)\\b");
    var passedOver = new ArrayList<Path>();
    try (var modules = Files.list(Path.of(".."))) {
      for (var sources : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(sources)) {
          try (var files = Files.walk(sources)) {
            files
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !file.toString().endsWith("Test.java"))
                .filter(file -> tests.matcher(read(file)).find())
                .filter(file -> !read(file).contains("abstract class"))
                .forEach(passedOver::add);
          }
        }
      }
    }
    assertThat(passedOver).isEmpty();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(ArchitectureTest::records);
  }

  private static DescribedPredicate<JavaClass> notIn(String packages) {
    return DescribedPredicate.not(resideInAPackage(packages));
  }

  private static DescribedPredicate<JavaClass> not(Class<?>... types) {
    return DescribedPredicate.not(JavaClass.Predicates.belongToAnyOf(types));
  }
}
