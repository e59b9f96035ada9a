package dev.slipway.query.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.ServiceDefinition;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {

  static final Words WORDS = new Words();
  static final OpenAPI DOCUMENT = ApiDocument.describe(ApiDocument.empty(), WORDS);
  static final String JSON = Json31.pretty(DOCUMENT);

  static List<Operation> operations() {
    return DOCUMENT.getPaths().values().stream()
        .flatMap(path -> path.readOperations().stream())
        .toList();
  }

  static boolean takesALogin(Operation operation) {
    return operation.getSecurity() == null;
  }

  @Test
  void isValidOpenApi() {
    var options = new ParseOptions();
    options.setResolve(true);
    var parsed = new OpenAPIV3Parser().readContents(JSON, null, options);
    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getOpenapi()).startsWith("3.1.");
    assertThat(ApiDocument.operations(parsed.getOpenAPI()))
        .isEqualTo(ApiDocument.operations(DOCUMENT))
        .hasSizeGreaterThan(60);
  }

  @Test
  void givesEachOperationANameOfItsOwnAndASummary() {
    assertThat(operations())
        .allSatisfy(
            operation -> {
              assertThat(operation.getOperationId()).matches("[a-z][A-Za-z]+");
              assertThat(operation.getSummary()).isNotBlank();
              assertThat(operation.getTags()).hasSize(1);
            })
        .extracting(Operation::getOperationId)
        .doesNotHaveDuplicates();
  }

  @Test
  void tellsWhatEachOperationAnswers() {
    assertThat(operations())
        .allSatisfy(
            operation -> {
              var statuses = operation.getResponses().keySet();
              assertThat(statuses)
                  .as(operation.getOperationId())
                  .containsAnyOf("200", "201", "202", "204", "101");
              if (takesALogin(operation)) {
                assertThat(statuses).contains("401", "403", "429", "503", "default");
              }
              if (operation.getRequestBody() != null) {
                assertThat(statuses).contains("400", "404", "409", "413", "415");
              }
            });
  }

  @Test
  void letsTheCallerOfEachChangeSayWhy() {
    assertThat(DOCUMENT.getPaths().values())
        .flatExtracting(
            path ->
                path.readOperationsMap().entrySet().stream()
                    .filter(entry -> !entry.getKey().name().equals("GET"))
                    .map(Map.Entry::getValue)
                    .filter(ApiDocumentTest::takesALogin)
                    .toList())
        .isNotEmpty()
        .allSatisfy(
            operation -> {
              var parameters =
                  operation.getParameters().stream().map(parameter -> parameter.get$ref()).toList();
              assertThat(parameters)
                  .contains(
                      "#/components/parameters/changeReason", "#/components/parameters/prefer");
              boolean versioned = parameters.contains("#/components/parameters/ifMatch");
              assertThat(operation.getResponses().values())
                  .filteredOn(response -> response.getHeaders() != null)
                  .singleElement()
                  .satisfies(
                      answer ->
                          assertThat(answer.getHeaders())
                              .containsKey("X-DockerCloud-Action-URI")
                              .satisfies(
                                  headers ->
                                      assertThat(headers.containsKey("ETag"))
                                          .as(operation.getOperationId())
                                          .isEqualTo(versioned)));
            });
  }

  @Test
  void refersOnlyToWhatIsThereAndToAllOfIt() throws IOException {
    var root = Json31.mapper().readTree(JSON);
    var references = new TreeSet<String>();
    root.findValues("$ref").forEach(reference -> references.add(reference.asText()));
    assertThat(references)
        .allSatisfy(reference -> assertThat(at(root, reference).isMissingNode()).isFalse());
    var components = new ArrayList<String>();
    for (var section : List.of("schemas", "parameters", "headers")) {
      root.at("/components/" + section)
          .fieldNames()
          .forEachRemaining(name -> components.add("#/components/" + section + "/" + name));
    }
    assertThat(references).containsAll(components);
  }

  static JsonNode at(JsonNode root, String reference) {
    return root.at(reference.substring(1));
  }

  @Test
  void namesEachVariableOfAPathAsAParameter() {
    DOCUMENT
        .getPaths()
        .forEach(
            (path, item) -> {
              var variables =
                  java.util.regex.Pattern.compile("\\{(\\w+)}")
                      .matcher(path)
                      .results()
                      .map(variable -> variable.group(1))
                      .collect(Collectors.toSet());
              assertThat(item.readOperations())
                  .allSatisfy(
                      operation -> assertThat(inPath(operation)).as(path).isEqualTo(variables));
            });
  }

  static Set<String> inPath(Operation operation) {
    return operation.getParameters() == null
        ? Set.of()
        : operation.getParameters().stream()
            .filter(parameter -> "path".equals(parameter.getIn()))
            .map(parameter -> parameter.getName())
            .collect(Collectors.toSet());
  }

  @Test
  void endsEachPathOfTheApiInASlash() {
    assertThat(DOCUMENT.getPaths().keySet())
        .filteredOn(path -> path.startsWith("/api/"))
        .allMatch(path -> path.endsWith("/"));
  }

  @Test
  void showsRequestsThatTheirSchemasAllow() {
    assertThat(operations())
        .filteredOn(operation -> operation.getRequestBody() != null)
        .filteredOn(operation -> operation.getRequestBody().getRequired())
        .isNotEmpty()
        .allSatisfy(
            operation -> {
              var body = operation.getRequestBody().getContent().get("application/json");
              var example = ((Map<?, ?>) body.getExample()).keySet();
              var schema = schema(body.getSchema().get$ref());
              assertThat(schema.getProperties().keySet()).containsAll(names(example));
              if (schema.getRequired() != null) {
                assertThat(names(example)).containsAll(schema.getRequired());
              }
            });
  }

  @Test
  void showsAServiceThatCanBeMade() {
    var create = DOCUMENT.getPaths().get("/api/app/v1/service/").getPost().getRequestBody();
    @SuppressWarnings("unchecked") // it was written as an object
    var example = (Map<String, Object>) create.getContent().get("application/json").getExample();
    assertThat(ServiceDefinition.read(example).get(Attributes.IMAGE))
        .isEqualTo("demo/hello:latest");
  }

  static Set<String> names(Set<?> keys) {
    return keys.stream().map(String::valueOf).collect(Collectors.toSet());
  }

  static Schema<?> schema(String reference) {
    var name = reference.substring(reference.lastIndexOf('/') + 1);
    return DOCUMENT.getComponents().getSchemas().get(name);
  }

  @Test
  void hasNoWordsThatNobodyReads() {
    assertThat(WORDS.unused()).isEmpty();
  }
}
