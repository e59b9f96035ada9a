package dev.slipway.command.service;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceLifecycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The diagram and the table of states in the documents are printed from what the decider does.
 * {@code -Drecord=true} writes them anew.
 */
class LifecycleDocTest {

  private static final Path DOCUMENT = Path.of("../docs/service-lifecycle.md");
  private static final String BEGIN = "<!-- printed by LifecycleDocTest -->\n";
  private static final String END = "<!-- end -->\n";
  private static final Map<String, ServiceCommand> COMMANDS = commands();

  private static Map<String, ServiceCommand> commands() {
    var commands = new LinkedHashMap<String, ServiceCommand>();
    commands.put("start", Given.start());
    commands.put("stop", Given.stop());
    commands.put("scale", Given.scale());
    commands.put("redeploy", Given.redeploy());
    commands.put("terminate", Given.terminate());
    commands.put("change", Given.update("memory", 64));
    commands.put("trigger", Given.call(0, 0));
    return commands;
  }

  private static List<String> states() {
    return Stream.of(ServiceLifecycle.values()).map(ServiceLifecycle::text).toList();
  }

  private static Given in(String state) {
    return DecisionTableTest.STATES.get(state);
  }

  private static String state(Given given) {
    return given.service().lifecycle().text();
  }

  /** The state that follows; that of the answer, though a trigger's call may wait. */
  private static String after(String state, ServiceCommand command) {
    try {
      var after = in(state).after(command);
      return after.service().activity().queue().isEmpty() ? state(after) : "waits";
    } catch (CommandRejected rejected) {
      return "–";
    }
  }

  /** When all that nodes are asked for is done. */
  private static String done(String state) {
    var given = in(state);
    for (int i = 0; i < 50 && given.service().operation() != null; i++) {
      given = RollingUpdateDecisionsTest.step(given);
      for (var container : given.service().fleet().containers()) {
        if (container.phase().text().equals("Stopping")) {
          given = given.after(Given.report(Given.exited(container, 0)));
        }
      }
    }
    return state(given);
  }

  private static String diagram() {
    var edges = new LinkedHashMap<String, List<String>>();
    for (var state : states()) {
      COMMANDS.forEach(
          (name, command) -> {
            var next = after(state, command);
            if (!next.equals("–") && !next.equals("waits") && !next.equals(state)) {
              edges.computeIfAbsent(edge(state, next), _ -> new ArrayList<>()).add(name);
            }
          });
      if (in(state).service().operation() != null) {
        edges.computeIfAbsent(edge(state, done(state)), _ -> new ArrayList<>()).add("done");
      }
    }
    return edges.entrySet().stream()
        .map(edge -> "    %s: %s\n".formatted(edge.getKey(), String.join(", ", edge.getValue())))
        .collect(
            joining("", "```mermaid\nstateDiagram-v2\n    [*] --> NotRunning: create\n", "```\n"));
  }

  private static String edge(String from, String to) {
    return "%s --> %s".formatted(id(from), id(to));
  }

  private static String id(String state) {
    return Stream.of(state.split(" "))
        .map(word -> word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1))
        .collect(joining());
  }

  private static String table() {
    var head = "| in state | " + String.join(" | ", COMMANDS.keySet()) + " |\n";
    var line = "| --- |" + " --- |".repeat(COMMANDS.size()) + "\n";
    return states().stream()
        .map(
            state ->
                COMMANDS.values().stream()
                    .map(command -> after(state, command))
                    .collect(joining(" | ", "| **" + state + "** | ", " |\n")))
        .collect(joining("", head + line, ""));
  }

  @Test
  void theDocumentShowsWhatIsDecided() throws IOException {
    var printed = BEGIN + diagram() + "\n" + table() + END;
    var document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END) + END.length();
    assertThat(begin).isNotNegative();
    assertThat(end).isGreaterThan(begin);
    if (Boolean.getBoolean("record")) {
      Files.writeString(DOCUMENT, document.substring(0, begin) + printed + document.substring(end));
    }
    assertThat(Files.readString(DOCUMENT)).contains(printed);
  }
}
