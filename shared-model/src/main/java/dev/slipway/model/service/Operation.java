package dev.slipway.model.service;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An operation under way.
 *
 * @param deadline when it ends, come what may
 * @param variables to set in each container that it deploys
 * @param before the containers that were there when it began
 * @param problems by slot: why there is no container in it, or why the last one failed
 * @param good the definition of the newest container that ran when it began, null if none ran for
 *     long enough to count
 * @param rollback why it has gone back to that definition, null unless it has
 */
public record Operation(
    ActionId id,
    OperationKind kind,
    Instant begun,
    Instant deadline,
    boolean reuseVolumes,
    List<EnvironmentVariable> variables,
    Set<ContainerId> before,
    SortedMap<Integer, Problem> problems,
    @Nullable ServiceDefinition good,
    @Nullable String rollback) {

  /**
   * Why a slot has no container.
   *
   * @param refusals why each node was refused, empty if it was no matter of nodes
   * @param waiting whether a node that comes may still solve it
   */
  public record Problem(
      String reason, Map<NodeId, String> refusals, boolean waiting, Instant since) {

    public Problem {
      refusals = Map.copyOf(refusals);
    }
  }

  public Operation {
    variables = List.copyOf(variables);
    before = Set.copyOf(before);
    problems = Collections.unmodifiableSortedMap(new TreeMap<>(problems));
  }

  static Operation begun(OperationBegun begun, Instant at, Service service) {
    var before = service.fleet().containers();
    return new Operation(
        begun.operation(),
        begun.kind(),
        at,
        begun.deadline(),
        begun.reuseVolumes(),
        begun.variables(),
        before.stream().map(Container::id).collect(Collectors.toSet()),
        new TreeMap<>(),
        before.stream()
            .filter(Container::isStable)
            .max(Comparator.comparingInt(Container::revision))
            .map(service.definitions()::of)
            .orElse(null),
        null);
  }

  /** The slots that failed are tried again, with what is good. */
  Operation rolledBack(String reason) {
    return new Operation(
        id,
        kind,
        begun,
        deadline,
        reuseVolumes,
        variables,
        before,
        Collections.emptySortedMap(),
        good,
        reason);
  }

  Operation withProblem(int slot, Problem problem) {
    var changed = new TreeMap<>(problems);
    changed.put(slot, problem);
    return with(changed);
  }

  Operation withoutProblem(int slot) {
    var changed = new TreeMap<>(problems);
    changed.remove(slot);
    return with(changed);
  }

  private Operation with(SortedMap<Integer, Problem> problems) {
    return new Operation(
        id, kind, begun, deadline, reuseVolumes, variables, before, problems, good, rollback);
  }

  /** The problems that no node which comes will solve. */
  public List<String> failures() {
    return problems.values().stream().filter(p -> !p.waiting()).map(Problem::reason).toList();
  }

  /** Whether the container is one that this redeploy has put in the place of another. */
  boolean made(Container container) {
    return kind == OperationKind.REDEPLOY && !before.contains(container.id());
  }

  /** Whether it is to bring about containers that run. */
  public boolean startsContainers() {
    return switch (kind) {
      case START, SCALE, REDEPLOY -> true;
      case STOP, TERMINATE -> false;
    };
  }

  public boolean gaveUpOn(int slot) {
    var problem = problems.get(slot);
    return problem != null && !problem.waiting();
  }

  public boolean waitsFor(int slot) {
    var problem = problems.get(slot);
    return problem != null && problem.waiting();
  }

  /** Whether what is removed meanwhile leaves its volumes to what follows it. */
  boolean leavesVolumes() {
    return kind == OperationKind.REDEPLOY && reuseVolumes;
  }

  /** Whether what it deploys begins with empty volumes. */
  boolean renewsVolumes() {
    return kind == OperationKind.REDEPLOY && !reuseVolumes;
  }

  /** The state that the service is in meanwhile. */
  public ServiceLifecycle lifecycle() {
    return switch (kind) {
      case START -> ServiceLifecycle.STARTING;
      case STOP -> ServiceLifecycle.STOPPING;
      case SCALE -> ServiceLifecycle.SCALING;
      case REDEPLOY -> before.isEmpty() ? ServiceLifecycle.STARTING : ServiceLifecycle.REDEPLOYING;
      case TERMINATE -> ServiceLifecycle.TERMINATING;
    };
  }
}
