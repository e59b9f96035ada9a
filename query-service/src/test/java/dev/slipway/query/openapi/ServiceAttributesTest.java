package dev.slipway.query.openapi;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The document against the attribute tables of the API page. */
class ServiceAttributesTest {

  /** Clients read it, though the page has it not. */
  static final String UNLISTED = "calculated_envvars";

  static final OpenAPI DOCUMENT = ApiDocument.build();
  static List<Row> rows;

  record Row(String name, String type, Set<String> requests) {

    static Row of(String line) {
      var words = line.split(" ");
      return new Row(words[0], words[1], Set.of(Arrays.copyOfRange(words, 2, words.length)));
    }

    boolean isIn(String request) {
      return requests.contains(request) || requests.contains("+" + request);
    }

    String nameInRequests() {
      return name.equals("image_name") ? "image" : name;
    }
  }

  @BeforeAll
  static void read() throws IOException {
    rows =
        Files.readAllLines(Path.of("src/test/resources/service-attributes.txt")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(Row::of)
            .toList();
    assertThat(rows).hasSize(72);
  }

  static Schema<?> schema(String name) {
    return DOCUMENT.getComponents().getSchemas().get(name);
  }

  static Schema<?> property(String schema, String property) {
    return (Schema<?>) schema(schema).getProperties().get(property);
  }

  static Set<String> properties(String schema) {
    return new TreeSet<>(schema(schema).getProperties().keySet());
  }

  static Set<String> requested(Predicate<Row> wanted) {
    return rows.stream()
        .filter(wanted)
        .map(Row::nameInRequests)
        .collect(toCollection(TreeSet::new));
  }

  @Test
  void anAnswerHasThoseOfThePageAndOneMore() {
    var wanted = rows.stream().map(Row::name).collect(toCollection(TreeSet::new));
    wanted.add(UNLISTED);
    assertThat(properties("Service")).isEqualTo(wanted);
  }

  @Test
  void aCreationTakesThoseThatThePageAndItsClientsSend() {
    assertThat(properties("ServiceCreate")).isEqualTo(requested(row -> row.isIn("create")));
    assertThat(schema("ServiceCreate").getRequired()).containsExactly("image");
  }

  @Test
  void anUpdateTakesThoseThatThePageAndItsClientsSend() {
    assertThat(properties("ServiceUpdate")).isEqualTo(requested(row -> row.isIn("update")));
    assertThat(schema("ServiceUpdate").getRequired()).isNull();
  }

  @Test
  void eachHasTheTypeOfThePagesExample() {
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(type("Service", row.name())).isEqualTo(row.type());
              if (row.isIn("create")) {
                assertThat(type("ServiceCreate", row.nameInRequests())).isEqualTo(row.type());
              }
              if (row.isIn("update")) {
                assertThat(type("ServiceUpdate", row.nameInRequests())).isEqualTo(row.type());
              }
            });
  }

  static String type(String schema, String property) {
    if (property(schema, property).getTypes() == null) {
      return "object"; // of a schema of its own, or null
    }
    var types = new TreeSet<String>(property(schema, property).getTypes());
    types.remove("null");
    assertThat(types).as(property).hasSize(1);
    return switch (types.getFirst()) {
      case "string" -> "text";
      case "boolean" -> "flag";
      case "integer" -> "number";
      case "array" -> "list";
      default -> types.getFirst();
    };
  }

  @Test
  void memorySaysItsUnit() {
    for (var attribute : List.of("memory", "memory_swap")) {
      assertThat(property("Service", attribute).getDescription()).contains("MB");
    }
  }
}
