package dev.slipway.query.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The whole API, reading and writing halves, as an OpenAPI document. It is written down and not
 * found by scanning: the halves run in different processes, and attributes are known by one table.
 */
public final class ApiDocument {

  private ApiDocument() {}

  /** All of it. */
  public static OpenAPI build() {
    return describe(empty(), new Words());
  }

  /** The document before anything is described, which costs nothing. */
  static OpenAPI empty() {
    return new OpenAPI(SpecVersion.V31).openapi("3.1.0").addServersItem(new Server().url("/"));
  }

  static OpenAPI describe(OpenAPI document, Words words) {
    var schemas = new Schemas(words);
    new ServiceSchemas(schemas).describe();
    new OtherSchemas(schemas).describe();
    new ServerSchemas(schemas).describe();
    SessionOperations.schemas(schemas);
    var parameters = new Parameters(words);
    var answers = new Answers(words);
    var operations = new Operations(parameters, schemas, words);
    new AppOperations(operations).describe();
    new OtherOperations(operations).describe();
    var components = new Components().parameters(parameters.shared());
    schemas.all().forEach(components::addSchemas);
    components.responses(answers.errors()).headers(answers.headers());
    return document
        .info(info(words))
        .tags(operations.tags())
        .paths(operations.paths())
        .components(secured(components, words))
        .security(logins());
  }

  private static Info info(Words words) {
    return new Info()
        .title("Slipway")
        .version("1")
        .summary(words.of("summary"))
        .description(words.of("description"))
        .license(new License().name("Apache-2.0").identifier("Apache-2.0"));
  }

  private static Components secured(Components components, Words words) {
    return components
        .addSecuritySchemes(
            "basic",
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("basic")
                .description(words.of("security.basic")))
        .addSecuritySchemes(
            "apiKey",
            new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name("Authorization")
                .description(words.of("security.apiKey")));
  }

  /** Either will do. */
  private static List<SecurityRequirement> logins() {
    return List.of(
        new SecurityRequirement().addList("basic"), new SecurityRequirement().addList("apiKey"));
  }

  /** What can be done, each like {@code POST /api/app/v1/service/{uuid}/start/}. */
  public static Set<String> operations(OpenAPI document) {
    var operations = new TreeSet<String>();
    document
        .getPaths()
        .forEach(
            (path, item) -> methods(item).forEach(method -> operations.add(method + " " + path)));
    return operations;
  }

  private static List<String> methods(PathItem item) {
    return item.readOperationsMap().keySet().stream().map(Enum::name).toList();
  }
}
