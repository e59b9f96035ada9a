package dev.slipway.query.openapi;

/** How repositories and registries are shown and registered. */
final class RegistrySchemas {

  private final Schemas schemas;

  RegistrySchemas(Schemas schemas) {
    this.schemas = schemas;
  }

  void describe() {
    schemas
        .object("Repository")
        .text("name")
        .uri("registry")
        .text("username")
        .flag("in_use")
        .textOrNull("not_checked")
        .text("changed_at")
        .uri("resource_uri");
    schemas
        .object("Registry")
        .text("name", "host")
        .wholeOrNull("port")
        .flag("is_docker_registry")
        .text("username")
        .flag("in_use")
        .textOrNull("not_checked")
        .text("changed_at")
        .uri("resource_uri");
    schemas.object("RepositoryCreate").text("name", "username", "password");
    schemas.object("RepositoryUpdate").text("password").optional().text("username");
    schemas.object("RegistryCreate").text("host", "username", "password");
    schemas.object("RegistryUpdate").text("password").optional().text("username");
  }
}
