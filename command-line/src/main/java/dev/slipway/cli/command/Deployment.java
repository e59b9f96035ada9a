package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Failure;
import dev.slipway.cli.Preview;
import dev.slipway.cli.Waiting;
import dev.slipway.cli.Write;
import dev.slipway.cli.api.Answer;
import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.compose.StackFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way from a file to a stack that runs: preview, change, and the work on each service that it
 * needs.
 */
final class Deployment {

  private final Call call;
  private final String name;
  private final StackFile file;

  Deployment(Call call, String name, StackFile file) {
    this.call = call;
    this.name = name;
    this.file = file;
  }

  int plan() {
    var stack = existing();
    var tried = preview(stack);
    if (tried == null) {
      throw Failure.usage("this server is older and previews no stacks");
    }
    boolean changes = !new Preview(tried).isEmpty();
    return changes && call.flag("--exit-code") ? Failure.HAS_CHANGES : 0;
  }

  int run() {
    var stack = existing();
    boolean looks =
        call.flag("--dry-run") || call.environment().terminal().errors() && !call.flag("--yes");
    var tried = looks ? preview(stack) : null;
    if (call.flag("--dry-run")) {
      if (tried == null) {
        throw Failure.usage("this server is older and previews no stacks");
      }
      return 0;
    }
    if (!isAgreed(stack)) {
      call.screen().note("Nothing was changed.");
      return Failure.FAILED;
    }
    apply(stack);
    return 0;
  }

  private void apply(@Nullable JsonNode stack) {
    var begun = call.now();
    var before = versions(stack);
    int version = stack == null ? -1 : stackVersion(stack);
    var changed = write(stack).json();
    if (!call.flag("--no-start")) {
      work(changed, before);
    }
    var seconds = Duration.between(begun, call.now()).toMillis() / 1000.0;
    var undo = " Undo: slipway stack restore %s --to %d".formatted(name, version);
    call.screen().note("Done in %.1f s.%s".formatted(seconds, version < 0 ? "" : undo));
  }

  private boolean isAgreed(@Nullable JsonNode stack) {
    boolean careful = stack != null && call.flag("--prune");
    return call.flag("--yes") || Agreement.given(call, careful, "stack " + name);
  }

  private @Nullable JsonNode existing() {
    var found =
        call.api().all(StackCommands.path(call) + "?name=" + Api.encode(name)).stream()
            .filter(one -> !Json.text(one, "state").equals("Terminated"))
            .toList();
    if (found.size() > 1) {
      throw Failure.usage("%d stacks are called '%s'".formatted(found.size(), name));
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  private ObjectNode body() {
    var body = Json.object();
    body.put("name", name);
    body.set("services", file.services());
    return body;
  }

  private String path(@Nullable JsonNode stack) {
    var path = stack == null ? StackCommands.path(call) : Json.text(stack, "resource_uri");
    return path + (stack != null && call.flag("--prune") ? "?prune=true" : "");
  }

  private @Nullable JsonNode preview(@Nullable JsonNode stack) {
    var path = path(stack);
    var answer =
        call.api()
            .send(
                stack == null ? "POST" : "PATCH",
                path + (path.contains("?") ? "&" : "?") + "dry_run=true",
                body(),
                Map.of());
    if (answer.status() == 400 && answer.body().contains("dry_run")) {
      call.screen()
          .note(
              "This server is older and previews no stacks; the file has %s."
                  .formatted(DeployCommand.services(file)));
      return null;
    }
    var json = call.api().require(answer).json();
    if (call.isJson()) {
      call.screen().json(json);
      return json;
    }
    call.screen().note("%s, stack %s".formatted(call.api().connection().place(), name));
    new Preview(json).lines(call.screen()).forEach(call.environment().err()::println);
    return json;
  }

  private Answer write(@Nullable JsonNode stack) {
    return new Write(stack == null ? "POST" : "PATCH", path(stack), body(), "stack " + name, false)
        .send(call, null);
  }

  /** The definition of each service before the change, by uuid. */
  private Map<String, JsonNode> versions(@Nullable JsonNode stack) {
    var services = new HashMap<String, JsonNode>();
    if (stack != null) {
      services(stack).forEach(one -> services.put(Json.text(one, "uuid"), one));
    }
    return services;
  }

  private List<JsonNode> services(JsonNode stack) {
    return call.api()
        .all(ServiceCommands.path(call) + "?stack=" + Api.encode(Json.text(stack, "resource_uri")));
  }

  /** The version to go back to; -1 if the server keeps none of stacks. */
  private int stackVersion(JsonNode stack) {
    var history = call.api().find(Json.text(stack, "resource_uri") + "history/?order=desc&limit=1");
    var newest = history == null ? List.<JsonNode>of() : Json.list(history, "objects");
    return newest.isEmpty() ? -1 : newest.getFirst().path("version").asInt(-1);
  }

  /**
   * Starts what does not run and redeploys what is not as it should be, what others depend on
   * first.
   */
  private void work(JsonNode stack, Map<String, JsonNode> before) {
    var now = new HashMap<String, JsonNode>();
    services(stack).forEach(one -> now.put(Json.text(one, "name"), one));
    for (var service : order()) {
      var found = now.get(service);
      if (found != null) {
        var verb = verb(found, before.get(Json.text(found, "uuid")));
        if (!verb.isEmpty()) {
          begin(service, Json.text(found, "resource_uri") + verb + "/");
        }
      }
    }
  }

  /** The change that a service needs; empty if it needs none. */
  private static String verb(JsonNode now, @Nullable JsonNode before) {
    var state = Json.text(now, "state");
    boolean stable = state.matches("Running|Partly running|Stopped|Not running");
    if (!stable || Json.text(now, "target_num_containers").equals("0")) {
      return "";
    }
    if (before == null || state.matches("Not running|Stopped")) {
      return "start";
    }
    if (!Json.flag(now, "synchronized")) {
      return "redeploy";
    }
    return Json.number(now, "current_num_containers") == Json.number(now, "target_num_containers")
        ? ""
        : "scale";
  }

  private void begin(String service, String path) {
    var answer = new Write("POST", path, null, "service " + service, false).send(call, null);
    var action = answer.header("x-dockercloud-action-uri");
    if (action != null && !call.flag("--detach")) {
      new Waiting(call, "service " + service).forAction(action);
    }
  }

  /** Names of the services, each behind those that it depends on or links to. */
  private List<String> order() {
    var ordered = new LinkedHashSet<String>();
    file.services().forEach(one -> visit(Json.text(one, "name"), ordered, new ArrayList<>()));
    return List.copyOf(ordered);
  }

  private void visit(String service, Set<String> ordered, List<String> path) {
    if (ordered.contains(service) || path.contains(service)) {
      return;
    }
    path.add(service);
    for (var one : file.services()) {
      if (Json.text(one, "name").equals(service)) {
        depends(one).forEach(other -> visit(other, ordered, path));
        ordered.add(service);
      }
    }
  }

  private static List<String> depends(JsonNode service) {
    var names = new ArrayList<String>();
    var depends = service.path("depends_on");
    names.addAll(depends.propertyNames());
    Json.list(service, "depends_on").forEach(one -> names.add(Json.text(one)));
    Json.list(service, "links").forEach(one -> names.add(Json.text(one).split(":", -1)[0]));
    return names;
  }
}
