package dev.slipway.query.openapi;

import java.util.List;

/** What has happened to a service, and why it is as it is. */
final class PastSchemas {

  private static final List<String> KINDS =
      List.of("start", "stop", "scale", "redeploy", "terminate");

  private static final List<String> STATES =
      List.of("None", "Starting", "Running", "Stopping", "Stopped", "Terminating", "Terminated");

  private final Schemas schemas;

  PastSchemas(Schemas schemas) {
    this.schemas = schemas;
  }

  void describe() {
    schemas.object("Change").text("attribute").add("from", Types.any()).add("to", Types.any());
    schemas
        .object("HistoryEntry")
        .whole("version", "position")
        .date("datetime")
        .text("type")
        .textOrNull("user", "ip", "user_agent", "reason")
        .oneOf("cause", List.of("command", "report", "timer"))
        .uriOrNull("action")
        .listOf("Change", "changes")
        .add("event", Types.anyObject());
    difference();
    stacks();
    work();
    slots();
    why();
  }

  private void why() {
    schemas
        .object("Why")
        .uri("service")
        .text("name", "state", "summary")
        .whole("version")
        .add("operation", Types.orNull(Types.ref("Work")))
        .listOf("WaitingWork", "waiting_operations")
        .listOf("ContainerWork", "container_operations")
        .add("last_operation", Types.orNull(Types.ref("EndedWork")))
        .listOf("Slot", "slots")
        .listOf("NodeProblem", "node_problems");
  }

  private void difference() {
    schemas.object("Moment").whole("version").dateOrNull("datetime");
    schemas
        .object("Difference")
        .add("from", Types.ref("Moment"))
        .add("to", Types.ref("Moment"))
        .listOf("Change", "changes");
  }

  private void stacks() {
    schemas
        .object("ServiceChange")
        .text("name")
        .oneOf("change", List.of("create", "update", "terminate"))
        .listOf("Change", "changes");
    schemas
        .object("StackHistoryEntry")
        .whole("version", "position")
        .date("datetime")
        .text("type")
        .textOrNull("user", "ip", "user_agent", "reason")
        .oneOf("cause", List.of("command", "report", "timer"))
        .uriOrNull("action")
        .listOf("Change", "changes")
        .listOf("ServiceChange", "services")
        .add("event", Types.anyObject());
    schemas
        .object("StackDifference")
        .add("from", Types.ref("Moment"))
        .add("to", Types.ref("Moment"))
        .listOf("Change", "changes")
        .listOf("ServiceChange", "services");
  }

  private void work() {
    work("WaitingWork").whole("containers_to_add");
    work("Work").date("since", "deadline");
    work("ContainerWork").date("deadline").uri("container").textOrNull("reason");
    work("EndedWork").date("since", "deadline", "ended").flag("success").textOrNull("reason");
  }

  private Shape work(String name) {
    return schemas.object(name).uri("action").oneOf("kind", KINDS);
  }

  private void slots() {
    schemas.object("Refusal").uri("node").textOrNull("node_name").text("reason");
    schemas.object("NodeProblem").uri("node").textOrNull("node_name").text("reason");
    schemas
        .object("Slot")
        .whole("slot")
        .text("name")
        .uriOrNull("container", "node")
        .textOrNull("node_name", "reason", "image_msg", "waits_for")
        .oneOf("state", STATES)
        .dateOrNull("since")
        .listOf("Refusal", "refusals");
  }
}
