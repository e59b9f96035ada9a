package dev.slipway.query.openapi;

import dev.slipway.model.action.ActionState;
import dev.slipway.model.policy.Danger;
import dev.slipway.model.policy.Rule;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What there is beside services and containers. */
final class OtherSchemas {

  private static final List<String> RULES = Stream.of(Rule.values()).map(Rule::text).toList();
  private static final List<String> ROLES = List.of("reader", "operator", "admin");

  private static final List<String> STACK_STATES =
      List.of(
          "Not running",
          "Starting",
          "Running",
          "Partly running",
          "Stopping",
          "Stopped",
          "Redeploying",
          "Terminating",
          "Terminated");

  private static final List<String> NODE_STATES =
      List.of("Deploying", "Deployed", "Unreachable", "Upgrading", "Terminating", "Terminated");

  private final Schemas schemas;

  OtherSchemas(Schemas schemas) {
    this.schemas = schemas;
  }

  void describe() {
    schemas
        .object("Error")
        .text("error")
        .optional()
        .text("quota", "namespace", "oldest_datetime")
        .whole("used", "limit", "oldest_version");
    schemas
        .object("ListMeta")
        .whole("limit", "offset", "total_count")
        .textOrNull("next", "previous");
    var empty = schemas.object("EmptyList").add("meta", Types.ref("ListMeta"));
    empty.add("objects", Types.listOf(Types.anyObject()).maxItems(0));
    schemas.object("Health").text("status").optional().add("components", Types.anyObject());
    stacks();
    triggers();
    nodes();
    actions();
    accounts();
    policies();
    new QuotaSchemas(schemas).describe();
    new RegistrySchemas(schemas).describe();
    streams();
  }

  private void stacks() {
    schemas
        .object("Stack")
        .uuid("uuid")
        .uri("resource_uri")
        .text("name", "nickname")
        .oneOf("state", STACK_STATES)
        .flag("synchronized")
        .uris("services")
        .dateOrNull("deployed_datetime", "destroyed_datetime");
    new StackfileSchemas(schemas).describe();
    schemas
        .object("StackCreate")
        .text("name")
        .add("services", services())
        .optional()
        .text("nickname");
    schemas.object("StackUpdate").is(false).text("nickname").add("services", services());
  }

  /** In either of the dialects that clients write. */
  private static Schema<Object> services() {
    return Types.listOf(Types.either(Types.ref("ServiceCreate"), Types.ref("StackfileService")));
  }

  private void triggers() {
    var operations = List.of("REDEPLOY", "SCALEUP");
    schemas
        .object("Trigger")
        .uuid("uuid")
        .text("name")
        .oneOf("operation", operations)
        .uri("url", "resource_uri");
    schemas.object("DeletedTrigger").uuid("uuid").uri("resource_uri");
    schemas.object("TriggerCreate").is(false).text("name").oneOf("operation", operations);
    new PastSchemas(schemas).describe();
    new DryRunSchemas(schemas).describe();
  }

  private void nodes() {
    schemas
        .object("Node")
        .uuid("uuid")
        .uri("resource_uri")
        .text("external_fqdn", "nickname", "public_ip")
        .oneOf("state", NODE_STATES)
        .add("private_ips", Types.listOf(Types.anyObject()))
        .listOf("NodeTag", "tags")
        .oneOf("availability", List.of("active", "draining", "drained"))
        .add("drain", Types.orNull(Types.ref("NodeDrain")))
        .whole("current_num_containers", "cpu", "memory", "disk")
        .textOrNull("state_reason", "docker_version", "docker_api_version", "docker_product")
        .textOrNull("operating_system", "cgroup_version")
        .add("rootless", Types.orNull(Types.flag()))
        .textOrNull("docker_execdriver", "docker_graphdriver", "tunnel")
        .uriOrNull("availability_zone", "node_cluster", "node_type", "region")
        .flag("simulated")
        .dateOrNull("deployed_datetime", "destroyed_datetime", "last_seen")
        .textOrNull("agent_problem")
        .listOf("UnownedContainer", "unowned_containers");
    partsOfNodes();
    schemas.object("NodeUpdate").is(false).textOrNull("nickname").listOf("Tag", "tags");
    schemas.object("Token").text("token");
  }

  private void partsOfNodes() {
    schemas
        .object("UnownedContainer")
        .uuid("uuid")
        .text("name", "reason")
        .uriOrNull("service")
        .wholeOrNull("slot");
    schemas.object("NodeDrain").uri("action").dateOrNull("deadline").textOrNull("reason");
    schemas.object("NodeTag").text("name").oneOf("origin", List.of("user", "tutum"));
  }

  private void actions() {
    schemas
        .object("Action")
        .uuid("uuid")
        .uri("resource_uri", "object")
        .text("action", "method", "path", "user", "user_agent", "ip", "location")
        .oneOf("state", Arrays.stream(ActionState.values()).map(ActionState::text).toList())
        .textOrNull("reason", "change_reason")
        .date("created", "start_date")
        .dateOrNull("end_date")
        .flag("can_be_canceled", "can_be_retried")
        .optional()
        .text("body")
        .flag("is_user_action");
  }

  private void accounts() {
    schemas
        .object("ApiKey")
        .uuid("uuid")
        .uri("resource_uri")
        .text("user", "label")
        .add("role", Types.orNull(Types.oneOf(ROLES)))
        .date("created")
        .optional()
        .text("apikey");
    schemas.object("ApiKeyCreate").is(false).text("label").oneOf("role", ROLES);
    schemas.object("User").text("name").uri("resource_uri").date("created");
    schemas.object("UserCreate").text("name");
    schemas
        .object("Organisation")
        .text("name")
        .uri("resource_uri")
        .add("role", Types.orNull(Types.oneOf(ROLES)))
        .date("created");
    schemas.object("OrganisationCreate").text("name");
    schemas.object("Member").text("organisation", "user").oneOf("role", ROLES).uri("resource_uri");
    schemas
        .object("Deleted")
        .uri("resource_uri")
        .optional()
        .uuid("uuid")
        .text("name", "organisation", "user");
    schemas.object("MemberCreate").text("user").oneOf("role", ROLES);
  }

  private void policies() {
    policy("Policy").text("namespace").uri("resource_uri");
    policy("PolicyUpdate");
  }

  private Shape policy(String name) {
    var shape = schemas.object(name).is(!name.equals("PolicyUpdate"));
    for (var danger : Danger.values()) {
      shape.oneOf(danger.field(), RULES);
    }
    return shape.texts("host_paths").oneOf("exec", RULES);
  }

  private void streams() {
    schemas
        .object("LogLine")
        .oneOf("type", List.of("log"))
        .text("log")
        .oneOf("streamType", List.of("stdout", "stderr"))
        .whole("timestamp")
        .optional()
        .text("source");
    schemas.object("ActionLogLine").oneOf("type", List.of("log")).text("log").whole("timestamp");
    schemas
        .object("Event")
        .oneOf(
            "type",
            List.of("stack", "service", "container", "nodecluster", "node", "action", "error"))
        .oneOf("action", List.of("create", "update", "delete"))
        .uuid("uuid")
        .uri("resource_uri")
        .uris("parents")
        .text("state", "datetime");
    schemas
        .object("ExecOutput")
        .oneOf("type", List.of("exec", "exit", "error"))
        .optional()
        .text("output", "reason")
        .oneOf("streamType", List.of("stdout", "stderr"))
        .wholeOrNull("code");
  }
}
