package dev.slipway.query.openapi;

import static dev.slipway.query.openapi.Answers.READING;
import static dev.slipway.query.openapi.Answers.WRITING;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.MediaType;
import java.util.List;
import java.util.stream.Stream;

/** Services, containers and stacks. */
final class AppOperations {

  private static final String SERVICES = "/api/app/v1/service/";
  private static final String SERVICE = SERVICES + "{uuid}/";
  private static final String TRIGGER = SERVICE + "trigger/{trigger_uuid}/";
  private static final String CONTAINER = "/api/app/v1/container/{uuid}/";
  private static final String STACKS = "/api/app/v1/stack/";
  private static final String STACK = STACKS + "{uuid}/";

  private static final String[] SERVICE_FILTERS =
      filters("uuid", "uuid__startswith", "name", "state", "stack", "stack__name");

  private static final String[] CONTAINER_FILTERS =
      filters(
          "uuid",
          "uuid__startswith",
          "name",
          "state",
          "node",
          "service",
          "service__name",
          "service__stack",
          "service__stack__name",
          "stack",
          "stack__name");

  /** The errors of reading the past. */
  private static final List<Integer> AT = List.of(400, 401, 403, 404, 410, 429, 503);

  private final Operations api;

  AppOperations(Operations api) {
    this.api = api;
  }

  /** The filters of a list of resources, with the options that all of them have. */
  static String[] filters(String... own) {
    return Stream.concat(Stream.of(own), Stream.of("state__not", "search", "order_by", "fields"))
        .toArray(String[]::new);
  }

  void describe() {
    services();
    pastOfServices();
    triggers();
    containers();
    stacks();
  }

  private void services() {
    api.about("Services");
    api.list(SERVICES, "listServices", "Lists services", "Service", SERVICE_FILTERS);
    api.create(SERVICES, "createService", "Makes a service", "Service")
        .shared("idempotencyKey")
        .canBeTried();
    api.read(SERVICE, "getService", "Shows a service", "Service")
        .query("at")
        .errors(AT)
        .header("ETag", "Version");
    api.update(SERVICE, "updateService", "Changes what is set of a service", "Service")
        .canBeTried("Service");
    api.terminate(SERVICE, "terminateService", "Ends a service for good", "Service").canBeTried();
    api.begin(SERVICE + "start/", "startService", "Starts a service", "Service").canBeTried();
    api.begin(SERVICE + "stop/", "stopService", "Stops a service", "Service").canBeTried();
    api.begin(SERVICE + "scale/", "scaleService", "Brings a service to its size", "Service")
        .canBeTried();
    api.begin(SERVICE + "redeploy/", "redeployService", "Replaces all containers", "Service")
        .query("reuse_volumes")
        .canBeTried();
    api.write(
            HttpMethod.POST,
            SERVICE + "restore/",
            "restoreService",
            "Goes back to an earlier state",
            200,
            "Service")
        .query("version")
        .canBeTried("Service");
  }

  private void pastOfServices() {
    api.read(SERVICE + "why/", "explainService", "Tells why a service is as it is", "Why");
    api.list(SERVICE + "history/", "listHistory", "Lists what has happened", "HistoryEntry")
        .query("order", "before", "after", "type")
        .queryAs("history", "since", "until")
        .shared("limit", "offset", "cursor");
    api.read(SERVICE + "diff/", "compareStates", "Compares two states of a service", "Difference")
        .query("from", "to")
        .errors(AT);
    logs(SERVICE + "logs/", "streamServiceLogs", "Streams the lines of all containers");
  }

  private void logs(String path, String id, String summary) {
    api.stream(path, id, summary, "LogLine")
        .query("tail", "follow", "since", "until", "grep", "positions")
        .errors(List.of(410));
  }

  private void triggers() {
    api.about("Triggers");
    var triggers = SERVICE + "trigger/";
    api.list(
        triggers,
        "listTriggers",
        "Lists the triggers of a service",
        "Trigger",
        "uuid",
        "uuid__startswith",
        "name");
    api.create(triggers, "createTrigger", "Makes a trigger", "Trigger");
    api.read(TRIGGER, "getTrigger", "Shows a trigger", "Trigger");
    api.write(
        HttpMethod.DELETE, TRIGGER, "deleteTrigger", "Deletes a trigger", 202, "DeletedTrigger");
    callTrigger(TRIGGER + "call/", "callTrigger", "Does what the trigger is for");
    callTrigger(TRIGGER + "call/{n}/", "callTriggerFor", "Does it for a number of containers");
  }

  private void callTrigger(String path, String id, String summary) {
    api.call(HttpMethod.POST, path, id, summary)
        .open()
        .body(new MediaType().schema(Types.anyObject()), false)
        .answers(202, Types.anyObject())
        .errors(WRITING.stream().filter(status -> status != 401 && status != 403).toList());
  }

  private void containers() {
    api.about("Containers");
    api.list(
        "/api/app/v1/container/",
        "listContainers",
        "Lists containers",
        "Container",
        CONTAINER_FILTERS);
    api.read(CONTAINER, "getContainer", "Shows a container", "Container");
    api.terminate(CONTAINER, "terminateContainer", "Ends a container for good", "Container")
        .canBeTried();
    api.begin(CONTAINER + "start/", "startContainer", "Starts a container", "Container")
        .canBeTried();
    api.begin(CONTAINER + "stop/", "stopContainer", "Stops a container", "Container").canBeTried();
    api.begin(CONTAINER + "redeploy/", "redeployContainer", "Replaces a container", "Container")
        .query("reuse_volumes")
        .canBeTried();
    logs(CONTAINER + "logs/", "streamContainerLogs", "Streams the lines of a container");
    api.websocket(CONTAINER + "exec/", "execInContainer", "Runs a command inside", "ExecOutput")
        .query("command");
  }

  private void stacks() {
    api.about("Stacks");
    api.list(
        STACKS,
        "listStacks",
        "Lists stacks",
        "Stack",
        filters("uuid", "uuid__startswith", "name", "state"));
    api.create(STACKS, "createStack", "Makes a stack and its services", "Stack")
        .shared("idempotencyKey")
        .canBeTriedAs("ForeseenStack");
    api.read(STACK, "getStack", "Shows a stack", "Stack").header("ETag", "Version");
    api.update(STACK, "updateStack", "Changes the services of a stack", "Stack")
        .query("prune")
        .canBeTriedAs("Stack", "ForeseenStack");
    api.terminate(STACK, "terminateStack", "Ends a stack and its services", "Stack")
        .canBeTriedAs("ForeseenStack");
    api.begin(STACK + "start/", "startStack", "Starts all services", "Stack")
        .canBeTriedAs("ForeseenStack");
    api.begin(STACK + "stop/", "stopStack", "Stops all services", "Stack")
        .canBeTriedAs("ForeseenStack");
    api.begin(STACK + "redeploy/", "redeployStack", "Redeploys all services", "Stack")
        .query("reuse_volumes")
        .canBeTriedAs("ForeseenStack");
    pastOfStacks();
    api.call(HttpMethod.GET, STACK + "export/", "exportStack", "Gives the stack as a stackfile")
        .answers(200, Types.mapOf(Types.ref("StackfileService")))
        .errors(READING);
  }

  private void pastOfStacks() {
    api.write(
            HttpMethod.POST,
            STACK + "restore/",
            "restoreStack",
            "Goes back to the services of an earlier version",
            200,
            "Stack")
        .query("version", "prune")
        .canBeTriedAs("Stack", "ForeseenStack");
    api.list(STACK + "history/", "listStackHistory", "Lists what has happened", "StackHistoryEntry")
        .query("order", "before", "after", "type")
        .queryAs("history", "since", "until")
        .shared("limit", "offset", "cursor");
    api.read(STACK + "diff/", "compareStacks", "Compares two versions", "StackDifference")
        .query("from", "to");
  }
}
