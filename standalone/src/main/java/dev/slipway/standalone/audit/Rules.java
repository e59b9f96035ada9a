package dev.slipway.standalone.audit;

import static dev.slipway.standalone.audit.Promise.I3;
import static dev.slipway.standalone.audit.Promise.I4;
import static dev.slipway.standalone.audit.Promise.I5;
import static dev.slipway.standalone.audit.Promise.I7;

import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What is promised, as comparisons. Pure: whoever calls has read the log, the API and the Engines.
 */
final class Rules {

  /** How much later than its deadline an operation may be ended. */
  private static final Duration LATENESS = Duration.ofSeconds(5);

  private Rules() {}

  /** The containers that run beside others of their slot, by service and slot. */
  static Map<String, List<OnEngine>> crowded(Collection<OnEngine> found) {
    var slots =
        found.stream()
            .filter(OnEngine::running)
            .collect(Collectors.groupingBy(one -> one.service() + " slot " + one.slot()));
    slots.values().removeIf(running -> running.size() < 2);
    return slots;
  }

  /** I3, of the containers that are the service's by their label. */
  static List<Violation> slots(LoggedService logged, Collection<OnEngine> found) {
    return crowded(found).entrySet().stream()
        .filter(
            slot -> !logged.letsMeet(slot.getValue().stream().map(OnEngine::container).toList()))
        .map(
            slot ->
                new Violation(
                    I3,
                    slot.getKey(),
                    "%d run: %s"
                        .formatted(
                            slot.getValue().size(),
                            slot.getValue().stream().map(OnEngine::name).toList())))
        .toList();
  }

  /**
   * I4, of the containers that are the service's by the log or by their label.
   *
   * @param looked the nodes whose Engines were looked at
   */
  static List<Violation> containers(
      Service service, Collection<OnEngine> found, Predicate<NodeId> looked) {
    var violations = new ArrayList<Violation>();
    for (var one : found) {
      wrongLabel(service, one).ifPresent(what -> violations.add(violation(service, what)));
    }
    for (var wanted : service.fleet().containers()) {
      if (looked.test(wanted.node())) {
        var there = found.stream().filter(one -> one.container().equals(wanted.id())).toList();
        difference(wanted, there)
            .ifPresent(what -> violations.add(violation(service, service.name(wanted) + what)));
      }
    }
    return violations;
  }

  private static Optional<String> wrongLabel(Service service, OnEngine one) {
    var wanted = service.fleet().find(one.container()).orElse(null);
    if (wanted == null) {
      return Optional.of(one.name() + " is in no log, at " + one.engine());
    }
    if (!wanted.node().equals(one.node())) {
      return Optional.of(one.name() + " is on another node than the log says");
    }
    if (!service.id().equals(one.service())) {
      return Optional.of("%s has the label of service %s".formatted(one.name(), one.service()));
    }
    return one.slot().equals(Integer.toString(wanted.slot()))
        ? Optional.empty()
        : Optional.of(
            "%s has the label of slot %s, it fills slot %d"
                .formatted(one.name(), one.slot(), wanted.slot()));
  }

  /** I4, of containers on our nodes that no service of the log accounts for. */
  static List<Violation> unowned(Collection<OnEngine> found, LogFold log) {
    return found.stream()
        .filter(one -> log.nodes().containsKey(one.node()))
        .filter(one -> log.ownerOf(one.container()).isEmpty())
        .filter(one -> log.service(one.service()).isEmpty())
        .map(
            one ->
                new Violation(
                    I4,
                    "node " + one.node(),
                    "%s (%s, at %s) is unowned: its service %s is in no log"
                        .formatted(one.name(), one.engineId(), one.engine(), one.service())))
        .toList();
  }

  private static Optional<String> difference(Container wanted, List<OnEngine> found) {
    if (found.size() != 1) {
      return Optional.of(" is %s and %d are found".formatted(wanted.phase().text(), found.size()));
    }
    boolean runs = found.getFirst().running();
    return switch (wanted.phase()) {
      case RUNNING -> runs ? Optional.empty() : Optional.of(" is Running and found ended");
      case STOPPED -> runs ? Optional.of(" is Stopped and found running") : Optional.empty();
      case STARTING, STOPPING, TERMINATING, TERMINATED ->
          Optional.of(" is still " + wanted.phase().text());
    };
  }

  private static Violation violation(Service service, String what) {
    return new Violation(I4, service.id().value(), what);
  }

  /** I4, of the volumes that are the service's by their label. */
  static List<Violation> volumes(Service service, Collection<KeptVolume> kept) {
    return kept.stream()
        .filter(_ -> service.terminated())
        .map(
            volume ->
                violation(
                    service,
                    "it is terminated, and %s has its volume %s"
                        .formatted(volume.engine(), volume.name())))
        .toList();
  }

  /** I7. */
  static List<Violation> stability(Service service, Instant now) {
    var operation = service.operation();
    if (operation == null || now.isBefore(operation.deadline().plus(LATENESS))) {
      return List.of();
    }
    return List.of(
        new Violation(
            I7,
            service.id().value(),
            "it is %s, and its deadline was %s"
                .formatted(service.lifecycle().text(), operation.deadline())));
  }

  /** I5. */
  static List<Violation> view(Service service, Optional<Shown> shown) {
    if (shown.isEmpty()) {
      return List.of(new Violation(I5, service.id().value(), "the API does not know it"));
    }
    var differences = new TreeSet<String>();
    var json = shown.get().service();
    wanted(service)
        .forEach(
            (field, value) -> {
              var seen = json.path(field).asString("");
              if (!seen.equals(value)) {
                differences.add("%s is '%s', shown '%s'".formatted(field, value, seen));
              }
            });
    var etag = "\"%d\"".formatted(service.version());
    if (!shown.get().etag().equals(etag)) {
      differences.add("its version is %s, shown %s".formatted(etag, shown.get().etag()));
    }
    differences.addAll(containersShown(service, json, shown.get().containers()));
    return differences.stream().map(what -> new Violation(I5, service.id().value(), what)).toList();
  }

  private static Map<String, String> wanted(Service service) {
    var fleet = service.fleet();
    return Map.of(
        "uuid", service.id().value(),
        "name", service.name(),
        "state", service.lifecycle().text(),
        "synchronized", Boolean.toString(service.isSynchronized()),
        "current_num_containers", Integer.toString(fleet.containers().size()),
        "running_num_containers", Integer.toString(fleet.count(ContainerPhase.RUNNING)),
        "stopped_num_containers", Integer.toString(fleet.count(ContainerPhase.STOPPED)));
  }

  private static Set<String> containersShown(
      Service service, JsonNode json, List<JsonNode> containers) {
    var differences = new TreeSet<String>();
    var uris = new HashSet<String>();
    json.path("containers").forEach(uri -> uris.add(uri.asString()));
    var wanted = new HashMap<String, String>();
    for (var container : service.fleet().containers()) {
      wanted.put(ResourceUri.of(service.namespace(), container.id()), state(service, container));
    }
    if (!uris.equals(wanted.keySet())) {
      differences.add("its containers are %s, shown %s".formatted(wanted.keySet(), uris));
    }
    var listed =
        containers.stream()
            .filter(one -> !one.path("state").asString().equals("Terminated"))
            .collect(Collectors.toMap(one -> one.path("resource_uri").asString(), Rules::state));
    if (!listed.equals(wanted)) {
      differences.add("its containers are %s, listed %s".formatted(wanted, listed));
    }
    return differences;
  }

  private static String state(Service service, Container container) {
    return "%s %s on %s as %s"
        .formatted(
            service.name(container),
            container.phase().text(),
            ResourceUri.of(service.namespace(), container.node()),
            Objects.requireNonNullElse(container.runtime().engineId(), ""));
  }

  private static String state(JsonNode shown) {
    return "%s %s on %s as %s"
        .formatted(
            shown.path("name").asString(),
            shown.path("state").asString(),
            shown.path("node").asString(),
            shown.path("docker_id").asString(""));
  }

  /** The containers of the services in the log: by the log, else by their label. */
  static Map<ServiceId, List<OnEngine>> own(Collection<OnEngine> found, LogFold log) {
    return found.stream()
        .filter(
            one ->
                log.ownerOf(one.container()).isPresent() || log.service(one.service()).isPresent())
        .collect(Collectors.groupingBy(one -> log.ownerOf(one.container()).orElse(one.service())));
  }
}
