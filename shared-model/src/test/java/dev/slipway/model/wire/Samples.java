package dev.slipway.model.wire;

import dev.slipway.model.Namespace;
import dev.slipway.model.SealedSecret;
import dev.slipway.model.Secret;
import dev.slipway.model.account.AccountEvent.ApiKeyCreated;
import dev.slipway.model.account.AccountEvent.ApiKeyRevoked;
import dev.slipway.model.account.AccountEvent.MemberAdded;
import dev.slipway.model.account.AccountEvent.MemberRemoved;
import dev.slipway.model.account.AccountEvent.NodeTokenCreated;
import dev.slipway.model.account.AccountEvent.OrganisationCreated;
import dev.slipway.model.account.AccountEvent.PolicyChanged;
import dev.slipway.model.account.AccountEvent.QuotasChanged;
import dev.slipway.model.account.AccountEvent.RegistryLoginRemoved;
import dev.slipway.model.account.AccountEvent.RegistryLoginSet;
import dev.slipway.model.account.AccountEvent.SessionClosed;
import dev.slipway.model.account.AccountEvent.SessionExtended;
import dev.slipway.model.account.AccountEvent.SessionOpened;
import dev.slipway.model.account.AccountEvent.TokenGranted;
import dev.slipway.model.account.AccountEvent.TokenRevoked;
import dev.slipway.model.account.AccountEvent.UserCreated;
import dev.slipway.model.account.AccountEvent.UserDeleted;
import dev.slipway.model.account.ApiKeyId;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.account.Role;
import dev.slipway.model.action.ActionEvent.ActionBegun;
import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.action.Origin;
import dev.slipway.model.container.ContainerCondition;
import dev.slipway.model.container.ContainerHealth;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.node.NodeEvent.NodeDrainBegun;
import dev.slipway.model.node.NodeEvent.NodeDrainEnded;
import dev.slipway.model.node.NodeEvent.NodeDrainHeldUp;
import dev.slipway.model.node.NodeEvent.NodeFactsChanged;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeReturned;
import dev.slipway.model.node.NodeEvent.NodeTerminated;
import dev.slipway.model.node.NodeEvent.NodeUndrained;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeEvent.NodeUpdated;
import dev.slipway.model.node.NodeEvent.UnownedRemovalRequested;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.policy.Danger;
import dev.slipway.model.policy.Policy;
import dev.slipway.model.policy.Rule;
import dev.slipway.model.registry.RegistryScope;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.QueuedOperation;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.ContainerConditionChanged;
import dev.slipway.model.service.ServiceEvent.ContainerCreated;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerOperationBegun;
import dev.slipway.model.service.ServiceEvent.ContainerOperationEnded;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceEvent.ContainerStartRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import dev.slipway.model.service.ServiceEvent.ContainerWithdrawn;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.OperationQueued;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.QueuedOperationDropped;
import dev.slipway.model.service.ServiceEvent.RedeployRolledBack;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import dev.slipway.model.service.ServiceEvent.VolumesErased;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.Trigger;
import dev.slipway.model.service.TriggerId;
import dev.slipway.model.stack.DefinedService;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackDefined;
import dev.slipway.model.stack.StackEvent.StackOperationBegun;
import dev.slipway.model.stack.StackEvent.StackOperationEnded;
import dev.slipway.model.stack.StackEvent.StackRenamed;
import dev.slipway.model.stack.StackEvent.StackTerminated;
import dev.slipway.model.stack.StackId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** One of each event, with all that it can hold. */
final class Samples {

  static final String SECRET = "s3cret";
  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  private static final ContainerId FIRST = ContainerId.of(WEB, 1, 1);
  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final ActionId ACTION = new ActionId("ac000000-0000-4000-8000-000000000001");
  private static final Namespace ADMIN = new Namespace("admin");
  private static final NodeFacts FACTS =
      new NodeFacts(
          "host-a",
          List.of("ssd"),
          "10.0.0.5",
          "20.10.24",
          new Capacity(2, 24_000, 250_000),
          false);

  private static final String TRIGGER = "7a000000-0000-4000-8000-000000000001";
  private static final StackId STACK = new StackId("57000000-0000-4000-8000-000000000001");

  private Samples() {}

  static Stream<Object> events() {
    return Stream.of(serviceEvents(), stackEvents(), otherEvents(), accountEvents())
        .flatMap(Function.identity());
  }

  private static Stream<Object> accountEvents() {
    var acme = new Namespace("acme");
    var key = new ApiKeyId("4e000000-0000-4000-8000-000000000001");
    var hash = KeyHash.of(new Secret(SECRET));
    return Stream.of(
        new UserCreated("alice"),
        new UserDeleted("alice"),
        new OrganisationCreated(acme),
        new MemberAdded(acme, "alice", Role.OPERATOR),
        new MemberRemoved(acme, "alice"),
        new ApiKeyCreated(key, "alice", "CI", hash, Role.READER),
        new ApiKeyRevoked(key, "alice"),
        new PolicyChanged(
            acme,
            Policy.DENYING
                .with(Danger.BINDINGS, Rule.WARN)
                .with(Danger.NET, Rule.ALLOW)
                .withHostPaths(List.of("/srv"))),
        new QuotasChanged(acme, java.util.Map.of("services", 5_000L, "stored_bytes", 1L << 40)),
        new RegistryLoginSet(
            acme,
            RegistryScope.repository("name", "quay.io/acme/shop"),
            "robot",
            new SealedSecret("AQIDBA=="),
            "no answer within 5 s"),
        new RegistryLoginRemoved(acme, RegistryScope.registry("host", "quay.io")),
        new NodeTokenCreated(acme, hash, Instant.parse("2026-01-02T03:04:05Z")),
        new SessionOpened(
            key, "alice", hash, key, Role.READER, Instant.parse("2026-01-02T15:04:05Z")),
        new SessionExtended(key, "alice", Instant.parse("2026-01-02T16:04:05Z")),
        new SessionClosed(key, "alice"),
        new TokenGranted(FIRST, acme, hash),
        new TokenRevoked(FIRST));
  }

  private static Stream<Object> serviceEvents() {
    var ports = List.of(new PublishedPort(Protocol.TCP, 80, 8080));
    return Stream.of(
        new ServiceCreated(WEB, ADMIN, definition(), null),
        new ServiceUpdated(WEB, changes()),
        new OperationBegun(
            WEB,
            ACTION,
            OperationKind.REDEPLOY,
            Instant.parse("2026-01-02T03:14:05Z"),
            true,
            List.of()),
        new ContainerPlaced(WEB, FIRST, 1, 1, 1, NODE, ports, List.of(), null, null),
        new PlacementRefused(
            WEB, 1, "web-1: no node can take it", Map.of(NODE, "host-a is unreachable"), true),
        new ContainerStartRequested(WEB, FIRST),
        new ContainerStopRequested(WEB, FIRST),
        new ContainerRemovalRequested(WEB, FIRST),
        new ContainerCreated(WEB, FIRST, "4f66ad9a", null),
        new ContainerStarted(WEB, FIRST, "4f66ad9a", "172.17.0.2", ports, null, null, null),
        new ContainerExited(WEB, FIRST, 137, true, "out of memory", null, null),
        new ContainerConditionChanged(
            WEB,
            FIRST,
            new ContainerCondition(
                true,
                "pulling image demo/hello",
                new ContainerHealth(ContainerHealth.Status.UNHEALTHY, "no answer"),
                true)),
        new ContainerFailed(WEB, FIRST, "no such image"),
        new ContainerRemoved(WEB, FIRST, true),
        new ContainerWithdrawn(WEB, FIRST),
        new ContainerLost(WEB, FIRST, 1, "its node was terminated", true),
        new FleetResized(WEB, 3),
        new OperationEnded(WEB, ACTION, false, "web-1: no such image"),
        new RedeployRolledBack(WEB, "web-1: not healthy"),
        new OperationQueued(
            WEB,
            new QueuedOperation(ACTION, OperationKind.SCALE, Duration.ofMinutes(10), 2, List.of())),
        new QueuedOperationDropped(WEB, ACTION, "the service is Terminated"),
        new ContainerOperationBegun(
            WEB, ACTION, OperationKind.STOP, FIRST, Instant.parse("2026-01-02T03:14:05Z"), false),
        new ContainerOperationEnded(WEB, ACTION, true, null),
        new TriggerCreated(
            WEB, new Trigger(new TriggerId(TRIGGER), "on push", Trigger.Effect.REDEPLOY)),
        new TriggerDeleted(WEB, new TriggerId(TRIGGER)),
        new ServiceTerminated(WEB),
        new VolumesErased(WEB, FIRST, NODE));
  }

  private static Stream<Object> stackEvents() {
    return Stream.of(
        new StackCreated(STACK, ADMIN, "shop", null),
        new StackRenamed(STACK, "the shop"),
        new StackDefined(
            STACK,
            List.of(
                new DefinedService(
                    WEB,
                    ServiceDefinition.read(Map.of("name", "web", "image", "demo/hello:latest"))))),
        new StackOperationBegun(
            STACK,
            ACTION,
            OperationKind.START,
            Instant.parse("2026-01-02T03:14:05Z"),
            false,
            List.of(WEB)),
        new StackOperationEnded(STACK, ACTION, false, "web: no such image"),
        new StackTerminated(STACK));
  }

  private static Stream<Object> otherEvents() {
    var request =
        new ActionRequest(
            ADMIN,
            "Service Start",
            "/api/app/v1/admin/service/" + WEB + "/",
            "POST",
            "/api/app/v1/service/" + WEB + "/start/",
            "",
            new Origin("admin", "127.0.0.1", "curl/8", "planned"));
    return Stream.of(
        new NodeRegistered(NODE, ADMIN, FACTS),
        new NodeFactsChanged(NODE, FACTS),
        new NodeUnreachable(NODE),
        new NodeReturned(NODE),
        new NodeUpdated(NODE, "left", List.of("ssd")),
        new NodeDrainBegun(NODE, ACTION, Instant.parse("2026-01-02T03:14:05Z")),
        new NodeDrainHeldUp(NODE, ACTION, "1 container is left; web-1: no node can take it"),
        new NodeDrainEnded(NODE, ACTION, false, "the deadline has passed"),
        new NodeUndrained(NODE),
        new UnownedRemovalRequested(NODE, FIRST, null),
        new NodeTerminated(NODE),
        new ActionBegun(ACTION),
        new ActionTaken(ACTION, request, ActionState.FAILED, "it is Running"),
        new ActionEnded(ACTION, ActionState.SUCCESS, null));
  }

  private static ServiceDefinition changes() {
    var json = new HashMap<String, Object>();
    json.put("memory", null);
    json.put("target_num_containers", 3);
    return ServiceDefinition.read(json);
  }

  /** Every attribute is set. */
  static ServiceDefinition definition() {
    var json = new LinkedHashMap<String, Object>();
    json.put("image", "demo/hello:1");
    json.put("name", "web");
    json.put("nickname", "The web");
    json.put("target_num_containers", 2);
    json.put("run_command", "/run.sh");
    json.put("entrypoint", "/bin/sh");
    json.put(
        "container_ports",
        List.of(Map.of("protocol", "tcp", "inner_port", 80, "outer_port", 8080)));
    json.put("container_envvars", List.of(Map.of("key", "PASSWORD", "value", SECRET)));
    json.put("linked_to_service", List.of(Map.of("to_service", WEB.value(), "name", "db")));
    json.put("bindings", List.of(Map.of("host_path", "/srv", "container_path", "/data")));
    json.put("autorestart", "ON_FAILURE");
    json.put("autodestroy", "ON_SUCCESS");
    json.put("sequential_deployment", true);
    json.put("roles", List.of("global"));
    json.put("privileged", true);
    json.put("deployment_strategy", "HIGH_AVAILABILITY");
    json.put("tags", List.of("ssd"));
    json.put("autoredeploy", true);
    json.put("net", "host");
    json.put("pid", "host");
    json.put("working_dir", "/app");
    json.put("user", "www");
    json.put("hostname", "web");
    json.put("domainname", "example.com");
    json.put("mac_address", "02:42:ac:11:65:43");
    json.put("cgroup_parent", "m");
    List.of("tty", "stdin_open", "read_only").forEach(flag -> json.put(flag, true));
    List.of("dns", "dns_search", "cap_add", "cap_drop", "devices", "extra_hosts", "security_opt")
        .forEach(list -> json.put(list, List.of("x")));
    json.put("labels", Map.of("tier", "front"));
    json.put("cpu_shares", 100);
    json.put("cpuset", "0,1");
    json.put("memory", 64);
    json.put("memory_swap", 128);
    return ServiceDefinition.read(json);
  }
}
