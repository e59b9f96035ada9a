package dev.slipway.query.openapi;

import java.util.List;

/** Schemas of the answers of dry runs. */
final class DryRunSchemas {

  private final Schemas schemas;

  DryRunSchemas(Schemas schemas) {
    this.schemas = schemas;
  }

  void describe() {
    schemas.object("ForeseenEvent").text("type").add("event", Types.anyObject());
    schemas.object("Refusal").uri("node").textOrNull("node_name").text("reason");
    schemas
        .object("Placement")
        .whole("slot")
        .optional()
        .uri("node")
        .textOrNull("node_name")
        .text("reason")
        .flag("waiting")
        .listOf("Refusal", "refusals");
    plan();
    foreseen("Foreseen").add("service", Types.ref("Service"));
    foreseen("ForeseenNode").add("node", Types.ref("Node"));
    schemas
        .object("ForeseenService")
        .text("name")
        .oneOf("change", List.of("create", "update", "unchanged", "terminate", "kept"))
        .wholeOrNull("version")
        .listOf("Change", "changes")
        .listOf("PlanEntry", "plan");
    foreseen("ForeseenStack")
        .add("stack", Types.ref("Stack"))
        .listOf("ForeseenService", "services");
  }

  private Shape foreseen(String name) {
    return schemas
        .object(name)
        .wholeOrNull("version")
        .listOf("PlanEntry", "plan")
        .listOf("Change", "changes")
        .texts("warnings")
        .text("summary")
        .listOf("ForeseenEvent", "events")
        .listOf("Placement", "placements");
  }

  private void plan() {
    schemas.object("PlanRefusal").text("reason").flag("waiting").listOf("Refusal", "refusals");
    schemas
        .object("PlanEntry")
        .whole("step", "slot")
        .oneOf("action", List.of("add", "replace", "start", "stop", "remove"))
        .uriOrNull("service", "container", "node")
        .text("service_name", "name")
        .textOrNull("node_name")
        .add("order", Types.orNull(Types.oneOf(List.of("start_first", "stop_first"))))
        .flag("erases_volumes")
        .add("refused", Types.orNull(Types.ref("PlanRefusal")));
  }
}
