package dev.slipway.query.openapi;

import io.swagger.v3.oas.models.PathItem.HttpMethod;

/** Repositories and registries that images are pulled from with a login. */
final class RegistryOperations {

  private final Operations api;

  RegistryOperations(Operations api) {
    this.api = api;
  }

  void describe() {
    api.about("Repositories");
    describe("repository", "Repository", "Repositories", "a repository");
    describe("registry", "Registry", "Registries", "a registry");
  }

  private void describe(String path, String type, String all, String one) {
    var list = "/api/repo/v1/" + path + "/";
    var detail = list + "{name}/";
    var filters = AppOperations.filters("name", "name__contains");
    api.list(list, "list" + all, "Lists logins", type, filters);
    api.create(list, "create" + type, "Registers a login for " + one, type);
    api.read(detail, "get" + type, "Shows a login, without its password", type);
    api.update(detail, "update" + type, "Renews the login for " + one, type);
    api.write(
        HttpMethod.DELETE, detail, "delete" + type, "Removes the login for " + one, 200, "Deleted");
  }
}
