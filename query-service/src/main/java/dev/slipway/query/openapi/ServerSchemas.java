package dev.slipway.query.openapi;

/** The server itself, and a namespace at a glance. */
final class ServerSchemas {

  private final Schemas schemas;

  ServerSchemas(Schemas schemas) {
    this.schemas = schemas;
  }

  void describe() {
    schemas.object("ServerVersion").text("version").textOrNull("commit", "built_at");
    schemas
        .object("PartialList")
        .add("meta", Types.ref("ListMeta"))
        .add("objects", Types.listOf(Types.anyObject()));
    schemas.object("Root").text("version").uri("api").uriOrNull("console");
    schemas
        .object("ServiceProblem")
        .uri("service")
        .text("name", "state", "summary")
        .textOrNull("stack")
        .dateOrNull("since");
    schemas.object("NodeInTrouble").uri("node").text("name", "state").textOrNull("reason");
    schemas.object("ViewsProgress").whole("behind").flag("building");
    schemas
        .object("Summary")
        .add("services", Types.mapOf(Types.whole()))
        .add("containers", Types.mapOf(Types.whole()))
        .add("nodes", Types.mapOf(Types.whole()))
        .whole("actions_failed_24h", "parked", "position")
        .listOf("ServiceProblem", "problems")
        .listOf("NodeInTrouble", "nodes_in_trouble")
        .add("views", Types.ref("ViewsProgress"))
        .text("version");
  }
}
