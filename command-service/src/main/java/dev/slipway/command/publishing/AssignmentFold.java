package dev.slipway.command.publishing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.command.registry.PullLogins;
import dev.slipway.model.Namespace;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.UnownedRemovalRequested;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.policy.Policy;
import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.service.LeftVolumes;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerWithdrawn;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.VolumesErased;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.WantedState;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a node must have, as it follows from the log: the services are folded as their events pass,
 * and each event that changes what a container is wanted as gives a new assignment. The end of a
 * service gives one for each node where it left volumes. Only the publisher's thread uses it.
 */
public final class AssignmentFold {

  private static final long SERVICES_KEPT = 10_000;

  private final ContainerSpecs specs;
  private final @Nullable PullLogins logins;
  private final Cache<ServiceId, Service> services =
      Caffeine.newBuilder().maximumSize(SERVICES_KEPT).executor(Runnable::run).build();

  /** One for images that need no login. */
  public AssignmentFold(ContainerEnvironment environment, Function<Namespace, Policy> policies) {
    this(environment, policies, null);
  }

  /**
   * @param logins to pull images with, null for none
   */
  public AssignmentFold(
      ContainerEnvironment environment,
      Function<Namespace, Policy> policies,
      @Nullable PullLogins logins) {
    this.specs = new ContainerSpecs(environment, policies);
    this.logins = logins;
  }

  /** The log is read from an earlier point again. */
  void forget() {
    services.invalidateAll();
    if (logins != null) {
      logins.forget();
    }
  }

  /** Follows an event of an account, which may change what images are pulled with. */
  List<Change> follow(AccountEvent event) {
    if (logins != null) {
      logins.follow(event);
    }
    return List.of();
  }

  /**
   * A change of what a node must have of a container.
   *
   * @param value makes the assignment; null if nothing of the container is left to do
   */
  record Change(ContainerId container, NodeId node, @Nullable Value value) {

    /** The agent takes a record without a value as an explicit end. */
    static Optional<Change> after(NodeEvent event) {
      return event instanceof UnownedRemovalRequested(var node, var container, _)
          ? Optional.of(new Change(container, node, null))
          : Optional.empty();
    }

    /** Makes the assignment: when many changes of a container follow, only the last is needed. */
    interface Value {
      Assignment make() throws SQLException;
    }

    ProducerRecord<String, byte[]> record() throws SQLException {
      return new ProducerRecord<>(
          Topics.ASSIGNMENTS.topic(),
          partition(),
          container.value(),
          value == null ? null : Wire.write(value.make()));
    }

    int partition() {
      return Topics.partitionOf(node, Topics.ASSIGNMENTS.partitions());
    }
  }

  /** The changes that follow from the event: one mostly, or none. */
  List<Change> after(ServiceEvent event, Envelope<byte[]> envelope, EventLog log)
      throws SQLException {
    var before = services.getIfPresent(event.serviceId());
    var container = ChangedContainer.of(event);
    boolean ends = event instanceof ServiceTerminated;
    if (before == null && container == null && !ends && envelope.sequence() > 0) {
      return List.of(); // folded from the store if it is ever needed
    }
    var after =
        isNext(before, envelope)
            ? Service.evolve(before, event, envelope.at())
            : read(event.serviceId(), envelope.sequence(), log);
    services.put(after.id(), after);
    if (ends) {
      return erasures(after, log);
    }
    return container == null
        ? List.of()
        : change(container, before, after, log, event).stream().toList();
  }

  private static boolean isNext(@Nullable Service before, Envelope<byte[]> envelope) {
    return envelope.sequence() == (before == null ? 0 : before.version() + 1);
  }

  private Optional<Change> change(
      ContainerId id, @Nullable Service before, Service after, EventLog log, ServiceEvent event)
      throws SQLException {
    if (event instanceof VolumesErased erased) {
      return Optional.of(new Change(id, erased.node(), null));
    }
    var container = after.fleet().find(id).orElse(null);
    if (container != null) {
      return Optional.of(
          new Change(id, container.node(), () -> assignment(container, after, event, log)));
    }
    var known = before != null ? before : read(event.serviceId(), after.version() - 1, log);
    return known.fleet().find(id).map(gone -> new Change(id, gone.node(), null));
  }

  /** Nodes that are gone are nobody's to clean. */
  private static List<Change> erasures(Service terminated, EventLog log) throws SQLException {
    var erasures = new ArrayList<Change>();
    for (var left : terminated.fleet().left()) {
      if (log.hasNode(left.node())) {
        erasures.add(new Change(left.container(), left.node(), () -> erasure(left, terminated)));
      }
    }
    return erasures;
  }

  /** Of a container that is gone all that matters is whose volumes it had. */
  static Assignment erasure(LeftVolumes left, Service service) {
    return new Assignment(
        left.container(),
        service.id(),
        left.node(),
        Assignment.Wanted.ERASED,
        0,
        service.version(),
        new ContainerSpec(
            service.namespace(),
            service.name() + "-" + left.slot(),
            left.slot(),
            left.generation(),
            null,
            service.definitions().current(),
            List.of(),
            null,
            List.of(),
            List.of()));
  }

  private Assignment assignment(
      Container container, Service service, ServiceEvent event, EventLog log) throws SQLException {
    var wanted =
        event instanceof ContainerWithdrawn
            ? Assignment.Wanted.REMOVED
            : WantedState.of(container, service);
    var operation = service.operation();
    return new Assignment(
        container.id(),
        service.id(),
        container.node(),
        wanted,
        container.starts(),
        service.version(),
        specs.of(container, service, log),
        null,
        container.endedByItself() ? true : null,
        wanted == Assignment.Wanted.RUNNING ? login(container, service, log) : null,
        operation == null ? null : operation.id());
  }

  private @Nullable RegistryLogin login(Container container, Service service, EventLog log)
      throws SQLException {
    var image = service.definitions().of(container).get(Attributes.IMAGE);
    return logins == null
        ? null
        : logins.of(service.namespace(), image, new StoredLogins(log.connection()));
  }

  private static Service read(ServiceId id, long lastSequence, EventLog log) throws SQLException {
    @Nullable Service service = null;
    for (var dated : log.of(id, lastSequence)) {
      service = Service.evolve(service, dated.event(), dated.at());
    }
    return Objects.requireNonNull(service);
  }
}
