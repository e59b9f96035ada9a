package dev.slipway.query.openapi;

import static dev.slipway.query.openapi.Answers.JSON;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Describes one operation. */
final class Call {

  private final Operation operation;
  private final Parameters parameters;
  private final Words words;

  Call(Operation operation, Parameters parameters, Words words) {
    this.operation = operation;
    this.parameters = parameters;
    this.words = words;
    operation.setResponses(new ApiResponses());
    operation.setDescription(words.find("operation." + operation.getOperationId()));
  }

  Call shared(String... names) {
    List.of(names).forEach(name -> operation.addParametersItem(Parameters.ref(name)));
    return this;
  }

  Call query(String... names) {
    List.of(names).forEach(name -> operation.addParametersItem(parameters.query(name)));
    return this;
  }

  /** Query parameters with words of their own, since elsewhere the name means something else. */
  Call queryAs(String words, String... names) {
    List.of(names)
        .forEach(
            name ->
                operation.addParametersItem(parameters.query(name, words + ".parameter." + name)));
    return this;
  }

  Call filters(List<?> states, String... names) {
    List.of(names).forEach(name -> operation.addParametersItem(parameters.filter(name, states)));
    return shared("limit", "offset", "cursor");
  }

  Call path(String name) {
    operation.addParametersItem(parameters.path(name));
    return this;
  }

  /** The body that must be sent. */
  Call body(String schema) {
    var example = JsonMapper.shared().readValue(words.of("example." + schema), Map.class);
    return body(new MediaType().schema(Types.ref(schema)).example(example), true);
  }

  Call body(MediaType type, boolean required) {
    operation.setRequestBody(
        new RequestBody().required(required).content(new Content().addMediaType(JSON, type)));
    return this;
  }

  Call answers(int status, Schema<?> schema) {
    return answers(status, JSON, schema);
  }

  Call answers(int status, String type, Schema<?> schema) {
    var responses = operation.getResponses();
    var response = responses.get(Integer.toString(status));
    if (response == null) {
      response =
          new ApiResponse()
              .description(words.of("answer." + status))
              .content(Answers.content(type, schema));
      responses.addApiResponse(Integer.toString(status), response);
    } else {
      response.getContent().addMediaType(type, new MediaType().schema(schema));
    }
    return this;
  }

  /** Answers what would follow if that is all that the caller wants to know. */
  Call canBeTried() {
    return shared("dryRun").answers(200, Types.ref("Foreseen"));
  }

  /**
   * @param done what it answers with the same status if it is done
   */
  Call canBeTried(String done) {
    return shared("dryRun").answers(200, Types.either(Types.ref(done), Types.ref("Foreseen")));
  }

  /**
   * As a dry run, too.
   *
   * @param foreseen what a dry run answers
   */
  Call canBeTriedAs(String foreseen) {
    return shared("dryRun").answers(200, Types.ref(foreseen));
  }

  /**
   * @param done what it answers with the same status if it is done
   */
  Call canBeTriedAs(String done, String foreseen) {
    return shared("dryRun").answers(200, Types.either(Types.ref(done), Types.ref(foreseen)));
  }

  /** Names a header of the successful answers. */
  Call header(String name, String component) {
    operation
        .getResponses()
        .forEach(
            (status, response) -> {
              if (status.startsWith("2")) {
                response.addHeaderObject(name, Answers.headerRef(component));
              }
            });
    return this;
  }

  /** Answers 302 with the address of something else. */
  Call redirects(String to) {
    operation
        .getResponses()
        .addApiResponse(
            "302",
            new ApiResponse()
                .description("Go to " + to)
                .addHeaderObject("Location", Answers.headerRef("Location")));
    return this;
  }

  /** Answers without a body. */
  Call empty(int status) {
    operation
        .getResponses()
        .addApiResponse(
            Integer.toString(status), new ApiResponse().description(words.of("answer." + status)));
    return this;
  }

  Call errors(List<Integer> statuses) {
    statuses.forEach(
        status ->
            operation.getResponses().addApiResponse(Integer.toString(status), Answers.ref(status)));
    operation.getResponses().setDefault(Answers.anyError());
    return this;
  }

  /** Its body may have attributes without effect. */
  Call strict() {
    return shared("strict").header("Slipway-Warning", "Warning");
  }

  /** Nobody has to log in for it. */
  Call open() {
    operation.setSecurity(List.of());
    return this;
  }
}
