package dev.slipway.standalone.fuzz;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API's OpenAPI document: its operations, and whether an answer is one that it describes. */
final class ApiDescription {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JsonNode document;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<String, Schema> schemas = new HashMap<>();

  ApiDescription(String json) {
    this.document = JSON.readTree(json);
  }

  /** An operation of the document. */
  record Operation(String method, String path, JsonNode description) {

    boolean isStream() {
      return path.contains("/logs/") || path.contains("/events/") || path.contains("/exec/");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        one -> {
                          if (one.getValue().has("responses")) {
                            operations.add(
                                new Operation(
                                    one.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    one.getValue()));
                          }
                        }));
    return operations;
  }

  /** The parameters of an operation, with references followed. */
  List<JsonNode> parameters(Operation operation) {
    var parameters = new ArrayList<JsonNode>();
    operation.description().path("parameters").forEach(one -> parameters.add(followed(one)));
    return parameters;
  }

  /** The schema of an operation's JSON body, null if it takes none. */
  @Nullable JsonNode body(Operation operation) {
    var body = followed(operation.description().path("requestBody"));
    var schema = body.path("content").path("application/json").path("schema");
    return schema.isMissingNode() ? null : followed(schema);
  }

  /** What is referred to, or the node itself. */
  JsonNode followed(JsonNode node) {
    var reference = node.path("$ref").asString("");
    return reference.startsWith("#/") ? followed(document.at(reference.substring(1))) : node;
  }

  /** What in an answer is not as described; empty if all is. */
  synchronized List<String> faults(Operation operation, RawAnswer answer) {
    var responses = operation.description().path("responses");
    var status = Integer.toString(answer.status());
    var response = followed(responses.path(responses.has(status) ? status : "default"));
    if (response.isMissingNode()) {
      return List.of("status %s is not described".formatted(status));
    }
    var schema = response.path("content").path("application/json").path("schema");
    if (schema.isMissingNode() || answer.body().isEmpty() || !answer.isJson()) {
      return List.of();
    }
    return validator(schema).validate(JSON.readTree(answer.body())).stream()
        .map(Error::toString)
        .toList();
  }

  private Schema validator(JsonNode schema) {
    return schemas.computeIfAbsent(
        schema.toString(),
        _ -> {
          var whole = (ObjectNode) JSON.createObjectNode();
          whole.setAll((ObjectNode) schema);
          whole.set("components", document.path("components"));
          return registry.getSchema(whole);
        });
  }
}
