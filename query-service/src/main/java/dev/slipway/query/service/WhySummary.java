package dev.slipway.query.service;

import dev.slipway.model.api.ApiDate;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerHealth;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.container.ContainerRuntime.Ended;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.query.service.Slots.Slot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a service is as it is, in one sentence. */
final class WhySummary {

  /** A sentence names no more slots than this; the rest is counted. */
  private static final int NAMED = 3;

  /** In these the Engine has something to do, or decides whether the container still runs. */
  private static final Set<ContainerPhase> DEPENDING =
      EnumSet.complementOf(EnumSet.of(ContainerPhase.STOPPED, ContainerPhase.TERMINATED));

  private WhySummary() {}

  static String of(Service service, List<Slot> slots, Map<NodeId, String> engineProblems) {
    if (service.terminated()) {
      return "%s was terminated on %s."
          .formatted(service.name(), ApiDate.of(service.dates().destroyed()));
    }
    var parts =
        Stream.of(
            List.of(now(service, slots, engineProblems)),
            troubles(service, slots, engineProblems),
            images(service, slots),
            ending(service));
    return String.join("; ", parts.flatMap(List::stream).toList()) + ".";
  }

  private static String now(Service service, List<Slot> slots, Map<NodeId, String> engineProblems) {
    var operation = service.operation();
    var count = slots.isEmpty() ? "it has no containers" : count(slots, engineProblems);
    return operation == null
        ? "%s is %s: %s".formatted(service.name(), lower(service.lifecycle().text()), count)
        : "%s is %s since %s: %s"
            .formatted(
                service.name(),
                lower(service.lifecycle().text()),
                ApiDate.of(operation.begun()),
                count);
  }

  /** Whether a container of an Engine that cannot be used still runs is not known. */
  private static String count(List<Slot> slots, Map<NodeId, String> engineProblems) {
    long running = slots.stream().filter(Slot::runs).count();
    long unseen =
        slots.stream().filter(Slot::runs).filter(slot -> isUnseen(slot, engineProblems)).count();
    if (unseen == 0) {
      return "%d of %d %s".formatted(running, slots.size(), slots.size() == 1 ? "runs" : "run");
    }
    return unseen == running
        ? "%d of %d ran when last seen".formatted(unseen, slots.size())
        : "%d of %d run, %d more ran when last seen"
            .formatted(running - unseen, slots.size(), unseen);
  }

  private static boolean isUnseen(Slot slot, Map<NodeId, String> engineProblems) {
    var container = slot.container();
    return container != null
        && DEPENDING.contains(container.phase())
        && engineProblems.containsKey(container.node());
  }

  /** All containers of one Engine that cannot be used have one reason. */
  private static List<String> troubles(
      Service service, List<Slot> slots, Map<NodeId, String> engineProblems) {
    var troubles =
        slots.stream()
            .map(slot -> trouble(service, slot, engineProblems))
            .flatMap(Stream::ofNullable)
            .filter(trouble -> !isReasonOfFailure(service, trouble))
            .distinct()
            .toList();
    return troubles.size() <= NAMED
        ? troubles
        : Stream.concat(
                troubles.stream().limit(NAMED),
                Stream.of("and %d more".formatted(troubles.size() - NAMED)))
            .toList();
  }

  /** Images that nodes did not pull, each with its reason once. */
  private static List<String> images(Service service, List<Slot> slots) {
    return slots.stream()
        .map(slot -> slot.container() == null ? null : image(service, slot.container()))
        .flatMap(Stream::ofNullable)
        .distinct()
        .limit(NAMED)
        .toList();
  }

  private static @Nullable String image(Service service, Container container) {
    var image = container.runtime().image();
    return image == null || image.notPulled() == null
        ? null
        : "the image %s was not pulled, the node's own is used: %s"
            .formatted(
                service.definitions().of(container).get(Attributes.IMAGE), image.notPulled());
  }

  /** Whether the sentence names the trouble anyway, as the reason of the last operation. */
  private static boolean isReasonOfFailure(Service service, String trouble) {
    var last = service.activity().last();
    return service.operation() == null
        && last != null
        && !last.success()
        && last.reason() != null
        && last.reason().contains(trouble);
  }

  private static @Nullable String trouble(
      Service service, Slot slot, Map<NodeId, String> engineProblems) {
    var reason = reason(slot, engineProblems);
    if (reason == null || engineProblems.containsValue(reason)) {
      return reason;
    }
    var name = service.name() + "-" + slot.number();
    return reason.startsWith(name + ":") ? reason : name + ": " + reason;
  }

  /** What stands in the way of the slot, null if nothing is known to. */
  static @Nullable String reason(Slot slot, Map<NodeId, String> engineProblems) {
    var container = slot.container();
    if (container == null) {
      return slot.problem() == null ? null : slot.problem().reason();
    }
    if (isUnseen(slot, engineProblems)) {
      return engineProblems.get(container.node());
    }
    var ended = container.runtime().ended();
    return switch (container.phase()) {
      case STOPPED -> ended == null ? null : end(ended);
      case RUNNING -> running(container);
      case STARTING, STOPPING, TERMINATING -> container.condition().waiting();
      case TERMINATED -> null;
    };
  }

  private static @Nullable String running(Container container) {
    var reasons = new ArrayList<String>();
    var ended = container.runtime().ended();
    if (ended != null) {
      reasons.add(end(ended) + " and was started again by its restart policy");
    }
    var health = container.condition().health();
    if (health != null && health.status() == ContainerHealth.Status.UNHEALTHY) {
      reasons.add(
          "it fails the health check of its image"
              + (health.output() == null ? "" : ": " + health.output()));
    }
    if (container.condition().paused()) {
      reasons.add("it is paused");
    }
    return reasons.isEmpty() ? null : String.join("; ", reasons);
  }

  private static String end(Ended ended) {
    if (ended.oomKilled()) {
      return "it ran out of memory";
    }
    var error = ended.error();
    if (ended.exitCode() == null) {
      return error == null ? "it does not run" : "it does not run (%s)".formatted(error);
    }
    return error == null || error.isEmpty()
        ? "it ended with exit code " + ended.exitCode()
        : "it ended with exit code %d (%s)".formatted(ended.exitCode(), error);
  }

  private static List<String> ending(Service service) {
    var operation = service.operation();
    if (operation != null) {
      return List.of(
          "the %s ends by %s at the latest"
              .formatted(noun(operation.kind()), ApiDate.of(operation.deadline())));
    }
    var last = service.activity().last();
    if (last == null || last.success()) {
      return List.of();
    }
    return List.of(
        "the last %s failed%s"
            .formatted(
                noun(last.operation().kind()), last.reason() == null ? "" : ": " + last.reason()));
  }

  /** The API's word for the work. */
  static String noun(OperationKind kind) {
    return lower(kind.name());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
