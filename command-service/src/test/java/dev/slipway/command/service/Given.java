package dev.slipway.command.service;

import dev.slipway.command.scheduling.Candidate;
import dev.slipway.command.scheduling.Cluster;
import dev.slipway.command.scheduling.HostPort;
import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.Origin;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Failed;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.container.Restart;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceCommand.CallTrigger;
import dev.slipway.model.service.ServiceCommand.CancelOperation;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.service.ServiceCommand.CreateTrigger;
import dev.slipway.model.service.ServiceCommand.DeleteTrigger;
import dev.slipway.model.service.ServiceCommand.OperateContainer;
import dev.slipway.model.service.ServiceCommand.RedeployService;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceCommand.ScaleService;
import dev.slipway.model.service.ServiceCommand.StartService;
import dev.slipway.model.service.ServiceCommand.StopService;
import dev.slipway.model.service.ServiceCommand.TerminateService;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.Trigger;
import dev.slipway.model.service.TriggerId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service in some state, on some nodes: given this, when a command comes, these events follow.
 */
final class Given {

  static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  static final NodeId NODE_A = new NodeId("0a000000-0000-4000-8000-00000000000a");
  static final NodeId NODE_B = new NodeId("0b000000-0000-4000-8000-00000000000b");
  static final TriggerId TRIGGER = new TriggerId("70000000-0000-4000-8000-000000000001");
  static final ActionId OTHER_ACTION = new ActionId("ac000000-0000-4000-8000-000000000002");
  static final String ADDRESS = "192.0.2.1";
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Instant DEADLINE = NOW.plusSeconds(600);

  private final @Nullable Service service;
  private final Map<NodeId, Candidate> nodes;

  private Given(@Nullable Service service, Map<NodeId, Candidate> nodes) {
    this.service = service;
    this.nodes = nodes;
  }

  static Given nothing() {
    return new Given(null, nodes(NODE_A, NODE_B));
  }

  static Given created(int containers, Object... attributes) {
    return nothing().after(create(containers, attributes));
  }

  static Given running(int containers, Object... attributes) {
    return created(containers, attributes).after(start()).allRun();
  }

  Given withNodes(NodeId... ids) {
    return new Given(service, nodes(ids));
  }

  private static Map<NodeId, Candidate> nodes(NodeId... ids) {
    var nodes = new HashMap<NodeId, Candidate>();
    for (var id : ids) {
      nodes.put(
          id,
          new Candidate(
              id,
              id.value().substring(0, 2),
              ADDRESS,
              true,
              false,
              Set.of("ssd"),
              Set.of(),
              Map.of(),
              0));
    }
    return nodes;
  }

  List<ServiceEvent> when(ServiceCommand command) {
    return ServiceDecider.decide(command, service, _ -> new Cluster(inhabited()), NOW);
  }

  /** The plan for the containers. */
  Plan plan(UserCommand command) {
    var clusters = new PlanSimulation.Remembered(_ -> new Cluster(inhabited()));
    var events = ServiceDecider.decide(command, service, clusters, NOW);
    return new PlanSimulation(service, clusters, NOW).play(events, command.asked().action());
  }

  /** The plan for the containers if the node changed. */
  NodePlans.OfService ofNode(NodeId node, NodePlans.Change change) {
    return new NodePlans(node, change, service().namespace(), _ -> new Cluster(inhabited()), NOW)
        .of(service());
  }

  /** The nodes with the service's containers on them. */
  private Map<NodeId, Candidate> inhabited() {
    var counted = new HashMap<>(nodes);
    if (service != null) {
      for (var container : service.fleet().containers()) {
        counted.computeIfPresent(
            container.node(),
            (_, node) -> node.with(WEB, Needs.ports(service.definitions().of(container))));
      }
    }
    return counted;
  }

  Given withNode(NodeId id, boolean reachable, boolean draining, String... tags) {
    var changed = new HashMap<>(nodes);
    changed.put(
        id,
        new Candidate(
            id,
            id.value().substring(0, 2),
            ADDRESS,
            reachable,
            draining,
            Set.of(tags),
            Set.of(),
            Map.of(),
            0));
    return new Given(service, changed);
  }

  /** A container of another service has the TCP port on the node. */
  Given withPortTaken(NodeId id, int port) {
    var other = new ServiceId("5e0c7d7e-0000-4000-8000-0000000000ff");
    var changed = new HashMap<>(nodes);
    changed.computeIfPresent(
        id, (_, node) -> node.with(other, Set.of(new HostPort(Protocol.TCP, port))));
    return new Given(service, changed);
  }

  Given withoutNode(NodeId id) {
    var changed = new HashMap<>(nodes);
    changed.remove(id);
    return new Given(service, changed);
  }

  Given after(ServiceCommand command) {
    var folded = service;
    for (var event : when(command)) {
      folded = Service.evolve(folded, event, NOW);
    }
    return new Given(folded, nodes);
  }

  Service service() {
    return Objects.requireNonNull(service);
  }

  Container container(int slot) {
    return service().fleet().containers().stream()
        .filter(container -> container.slot() == slot)
        .findFirst()
        .orElseThrow();
  }

  /** Every container that is to run does. */
  Given allRun() {
    return after(
        new ReportContainers(
            WEB,
            service().fleet().containers().stream()
                .filter(c -> c.phase().wanted().name().equals("RUNNING"))
                .<ContainerReport>map(Given::runs)
                .toList()));
  }

  Given runs(int slot) {
    return after(report(runs(container(slot))));
  }

  Given exits(int slot, int exitCode) {
    return after(report(exited(container(slot), exitCode)));
  }

  Given isGone(int slot) {
    return after(report(removed(container(slot))));
  }

  static ReportContainers report(ContainerReport... reports) {
    return new ReportContainers(WEB, List.of(reports));
  }

  static Running runs(Container container) {
    return new Running(
        WEB,
        container.id(),
        container.node(),
        NOW,
        container.starts(),
        "engine-" + container.id(),
        "172.17.0.2",
        List.of(),
        null);
  }

  /** Its Engine starts it again after it has ended so. */
  static Running restarts(Container container, int exitCode) {
    return restarts(container, exitCode, null);
  }

  /**
   * @param times how often it has done so, null if that is not told
   */
  static Running restarts(Container container, int exitCode, @Nullable Integer times) {
    var runs = runs(container);
    return new Running(
        WEB,
        runs.container(),
        runs.node(),
        NOW,
        runs.starts(),
        runs.engineId(),
        null,
        List.of(),
        new Restart(exitCode, false, times));
  }

  static Exited exited(Container container, int exitCode) {
    return new Exited(
        WEB, container.id(), container.node(), NOW, container.starts(), exitCode, false, null);
  }

  static Removed removed(Container container) {
    return new Removed(WEB, container.id(), container.node(), NOW);
  }

  /** It is gone, and its volumes with it. */
  static Removed erased(Container container) {
    return new Removed(WEB, container.id(), container.node(), NOW, true);
  }

  static Failed failed(Container container, String reason) {
    return new Failed(WEB, container.id(), container.node(), NOW, reason);
  }

  static CreateService create(int containers, Object... attributes) {
    var json = new LinkedHashMap<String, Object>();
    json.put("image", "demo/hello");
    json.put("name", "web");
    json.put("target_num_containers", containers);
    for (int i = 0; i < attributes.length; i += 2) {
      json.put((String) attributes[i], attributes[i + 1]);
    }
    return new CreateService(WEB, asked(), ServiceDefinition.read(json));
  }

  static UpdateService update(String attribute, Object value) {
    return new UpdateService(WEB, asked(), ServiceDefinition.read(Map.of(attribute, value)));
  }

  static StartService start() {
    return new StartService(WEB, asked(), DEADLINE);
  }

  static StopService stop() {
    return new StopService(WEB, asked(), DEADLINE);
  }

  static ScaleService scale() {
    return new ScaleService(WEB, asked(), DEADLINE);
  }

  static RedeployService redeploy() {
    return new RedeployService(WEB, asked(), DEADLINE, true);
  }

  static RedeployService redeployWithEmptyVolumes() {
    return new RedeployService(WEB, asked(), DEADLINE, false);
  }

  static TerminateService terminate() {
    return new TerminateService(WEB, asked(), DEADLINE);
  }

  static CancelOperation cancel() {
    return new CancelOperation(WEB, asked(), asked().action());
  }

  /** Work on the container of a slot; one that nobody has if there is none. */
  OperateContainer operate(OperationKind kind, int slot) {
    var container =
        service == null
            ? ContainerId.of(WEB, slot, 1)
            : service.fleet().in(slot).stream()
                .findFirst()
                .map(Container::id)
                .orElse(ContainerId.of(WEB, slot, 1));
    return new OperateContainer(WEB, asked(OTHER_ACTION), kind, container, DEADLINE, true);
  }

  static CreateTrigger trigger(Trigger.Effect effect) {
    return new CreateTrigger(WEB, asked(), new Trigger(TRIGGER, "on push", effect));
  }

  static DeleteTrigger withoutTrigger() {
    return new DeleteTrigger(WEB, asked(), TRIGGER);
  }

  /** A call whose action is the first with 0, the next with 1, and so on. */
  static CallTrigger call(int number, int more, EnvironmentVariable... variables) {
    return new CallTrigger(
        WEB, asked(callAction(number)), TRIGGER, more, List.of(variables), Duration.ofMinutes(10));
  }

  static ActionId callAction(int number) {
    return new ActionId("ca000000-0000-4000-8000-00000000000" + number);
  }

  private static Asked asked(ActionId action) {
    return new Asked(action, asked().request());
  }

  static Asked asked() {
    return asked("admin");
  }

  static Asked asked(String namespace) {
    return new Asked(
        new ActionId("ac000000-0000-4000-8000-000000000001"),
        new ActionRequest(
            new Namespace(namespace),
            "Service Something",
            "/api/app/v1/admin/service/" + WEB + "/",
            "POST",
            "/",
            "",
            new Origin("admin", "127.0.0.1", "test", null)));
  }
}
