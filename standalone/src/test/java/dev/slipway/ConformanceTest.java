package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.action.ActionState;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.node.Node;
import dev.slipway.model.service.ServiceLifecycle;
import dev.slipway.query.openapi.ApiDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of what the API holds and which test proves it: nothing may be missing from it, and
 * every test that it names must be there.
 */
class ConformanceTest {

  private static final Path PROJECT = Path.of("..");
  private static final Pattern PROOF = Pattern.compile("`(\\w+Test|\\w+Scenario)\\.(\\w+)`");
  private static final Map<String, List<Row>> SECTIONS = sections();
  private static final Map<String, String> TESTS = tests();

  /** One row: what it is about, and what is said to prove it. */
  private record Row(String thing, String proof) {}

  private static Map<String, List<Row>> sections() {
    var sections = new HashMap<String, List<Row>>();
    List<Row> rows = new ArrayList<>();
    for (var line : read(PROJECT.resolve("docs/conformance.md")).lines().toList()) {
      if (line.startsWith("## ")) {
        rows = new ArrayList<>();
        sections.put(line.substring(3), rows);
      } else if (line.startsWith("| ") && !line.startsWith("| ---")) {
        var cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
        rows.add(new Row(cells.get(1).replace("`", ""), cells.getLast()));
      }
    }
    return sections;
  }

  /** The sources of all tests, by the name of the class. */
  private static Map<String, String> tests() {
    try (var modules = Files.list(PROJECT)) {
      var tests = new HashMap<String, String>();
      for (var module : modules.map(one -> one.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(module)) {
          try (var files = Files.walk(module)) {
            files
                .filter(file -> file.toString().endsWith(".java"))
                .forEach(
                    file ->
                        tests.put(file.getFileName().toString().replace(".java", ""), read(file)));
          }
        }
      }
      return tests;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Set<String> things(String section) {
    return SECTIONS.getOrDefault(section, List.of()).stream()
        .skip(1)
        .map(Row::thing)
        .collect(Collectors.toSet());
  }

  @Test
  void hasEveryAttribute() {
    var properties =
        ApiDocument.build().getComponents().getSchemas().get("Service").getProperties();
    assertThat(things("Attributes of a service")).containsAll(properties.keySet());
  }

  @Test
  void hasEveryEndpoint() {
    assertThat(things("Endpoints"))
        .containsExactlyInAnyOrderElementsOf(ApiDocument.operations(ApiDocument.build()));
  }

  @Test
  void hasEveryKeyOfStackfiles() {
    var schemas = ApiDocument.build().getComponents().getSchemas();
    Map<String, ?> keys = schemas.get("StackfileService").getProperties();
    assertThat(things("Keys of stackfiles")).containsExactlyInAnyOrderElementsOf(keys.keySet());
  }

  @Test
  void hasEveryState() {
    assertThat(things("States of a service"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ServiceLifecycle.values()).map(ServiceLifecycle::text).toList());
    assertThat(things("States of a container"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ContainerPhase.values()).map(ContainerPhase::text).toList());
    assertThat(things("States of a stack"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ServiceLifecycle.values())
                .filter(state -> state != ServiceLifecycle.SCALING)
                .map(ServiceLifecycle::text)
                .toList());
    assertThat(things("States of a node"))
        .containsAll(Stream.of(Node.State.values()).map(Node.State::text).toList());
    assertThat(things("States of an action"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ActionState.values()).map(ActionState::text).toList());
  }

  @Test
  void hasEveryPointThatBreaksClientsAndEveryDecision() {
    assertThat(numbers("What breaks clients")).isEqualTo(upTo(25));
    assertThat(numbers("Decisions")).isEqualTo(upTo(12));
  }

  private static Set<Integer> numbers(String section) {
    return things(section).stream()
        .map(thing -> Integer.parseInt(thing.replaceFirst("\\..*", "")))
        .collect(Collectors.toSet());
  }

  private static Set<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().collect(Collectors.toSet());
  }

  @Test
  void namesATestThatIsThereOrSaysWhatIsMissing() {
    var rows = SECTIONS.values().stream().flatMap(section -> section.stream().skip(1)).toList();
    assertThat(rows).hasSizeGreaterThan(150);
    assertThat(rows)
        .allSatisfy(
            row -> {
              var named = PROOF.matcher(row.proof()).results().toList();
              assertThat(!named.isEmpty() || row.proof().startsWith("not "))
                  .as("%s: %s", row.thing(), row.proof())
                  .isTrue();
              assertThat(named)
                  .allSatisfy(
                      proof ->
                          assertThat(TESTS.getOrDefault(proof.group(1), ""))
                              .as("%s: %s", row.thing(), proof.group())
                              .contains("void " + proof.group(2) + "("));
            });
  }
}
