package dev.slipway.command.quota;

import dev.slipway.http.QuotaExceeded;
import dev.slipway.http.Quotas;
import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.quota.Quota;
import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerGone;
import dev.slipway.model.service.ServiceEvent.ContainerObserved;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRequest;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.OperationEvent;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackDefined;
import dev.slipway.model.stack.StackEvent.StackOperationBegun;
import dev.slipway.model.stack.StackEvent.StackOperationEnded;
import dev.slipway.model.stack.StackEvent.StackRenamed;
import dev.slipway.model.stack.StackEvent.StackTerminated;
import dev.slipway.model.wire.Wire;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counts what users make in the transaction of its events, and refuses what exceeds a quota. Near a
 * limit, transactions of one namespace run one after another, in whatever process: each counts what
 * those before it have stored. Far from all limits none waits for another.
 */
public final class QuotaWriter {

  private static final long RECENT_NANOSECONDS = 1_000_000_000L;

  /** More than all processes together add while a count is recent. */
  private static final long MARGIN = 20_000;

  private static final long MARGIN_BYTES = 256L * 1024 * 1024;

  /** Rows that the bytes of one namespace are spread over, so that writers do not wait. */
  private static final int SHARDS = 32;

  private final JdbcTemplate jdbc;
  private final Usage usage;
  private final Quotas quotas;
  private final Map<Namespace, Counted> counted = new ConcurrentHashMap<>();

  /** What a namespace used at a time. */
  private record Counted(Map<Quota, Long> used, long at) {}

  public QuotaWriter(JdbcTemplate jdbc, Quotas quotas) {
    this.jdbc = jdbc;
    this.usage = new Usage(jdbc);
    this.quotas = quotas;
  }

  /**
   * Writes what follows from events that are about to be stored.
   *
   * @throws QuotaExceeded if a user asked for them and they exceed a quota
   */
  public void write(List<? extends EventMessage<?>> messages) {
    var added = new EnumMap<Quota, Long>(Quota.class);
    messages.forEach(message -> write(message.getPayload(), added));
    for (var message : messages) {
      if (message.getPayload() instanceof ActionTaken taken) {
        var namespace = taken.request().namespace();
        added.put(Quota.STORED_BYTES, store(namespace, messages));
        if (isChecked(taken)) {
          addServicesOfStack(taken, added);
          check(namespace, added);
        }
        return;
      }
    }
  }

  /** What ends something, and what was refused, is stored over any quota. */
  private static boolean isChecked(ActionTaken taken) {
    return taken.state() != ActionState.FAILED && !taken.request().method().equals("DELETE");
  }

  /** Commands of a stack to its services, each in a later transaction of its own. */
  private void addServicesOfStack(ActionTaken taken, Map<Quota, Long> added) {
    if (!taken.request().object().contains("/stack/")) {
      return;
    }
    var asked = usage.askedBy(taken.actionId());
    if (asked.services() > 0) {
      added.put(Quota.SERVICES, asked.services());
    }
    if (asked.containers() > 0) {
      added.put(Quota.CONTAINERS, asked.containers());
      added.put(Quota.CONTAINERS_PER_SERVICE, asked.mostContainers());
    }
  }

  private void write(Object event, Map<Quota, Long> added) {
    switch (event) {
      case ServiceEvent service -> write(service, added);
      case StackEvent stack -> write(stack, added);
      default -> {} // others count for no quota
    }
  }

  private void write(ServiceEvent event, Map<Quota, Long> added) {
    switch (event) {
      case ServiceCreated created -> create(created, added);
      case ServiceUpdated(var service, var changes) -> {
        if (changesContainers(changes)) {
          updateContainers(service.value(), changes, added);
        }
      }
      case TriggerCreated created -> {
        update(
            "UPDATE services SET triggers = triggers + 1 WHERE service = ?",
            created.serviceId().value());
        added.put(Quota.TRIGGERS, 1L);
      }
      case TriggerDeleted deleted ->
          update(
              "UPDATE services SET triggers = triggers - 1 WHERE service = ?",
              deleted.serviceId().value());
      case OperationEvent _, ContainerRequest _, ContainerObserved _, ContainerGone _ -> {}
      case ContainerPlaced _, PlacementRefused _, FleetResized _, ServiceTerminated _ -> {}
    }
  }

  private void write(StackEvent event, Map<Quota, Long> added) {
    switch (event) {
      case StackCreated created -> {
        update(
            "INSERT INTO stacks (stack, namespace) VALUES (?, ?)",
            created.stackId().value(),
            created.namespace().value());
        added.put(Quota.STACKS, 1L);
      }
      case StackTerminated ended ->
          update("DELETE FROM stacks WHERE stack = ?", ended.stackId().value());
      case StackRenamed _, StackDefined _, StackOperationBegun _, StackOperationEnded _ -> {}
    }
  }

  private void create(ServiceCreated created, Map<Quota, Long> added) {
    long containers = containers(created.definition());
    update(
        "UPDATE services SET containers = ? WHERE service = ?",
        containers,
        created.serviceId().value());
    added.put(Quota.SERVICES, 1L);
    added.put(Quota.CONTAINERS, containers);
    added.put(Quota.CONTAINERS_PER_SERVICE, containers);
  }

  private static boolean changesContainers(ServiceDefinition changes) {
    return changes.sets(Attributes.TARGET_NUM_CONTAINERS);
  }

  private void updateContainers(String service, ServiceDefinition changes, Map<Quota, Long> added) {
    long containers = changes.get(Attributes.TARGET_NUM_CONTAINERS);
    var before =
        jdbc.queryForList("SELECT containers FROM services WHERE service = ?", Long.class, service);
    update("UPDATE services SET containers = ? WHERE service = ?", containers, service);
    long more = containers - (before.isEmpty() ? containers : before.getFirst());
    if (more > 0) {
      added.put(Quota.CONTAINERS, more);
      added.put(Quota.CONTAINERS_PER_SERVICE, containers);
    }
  }

  /** A service on every node has as many as there are nodes; one is counted. */
  private static long containers(ServiceDefinition definition) {
    return definition.get(Attributes.DEPLOYMENT_STRATEGY) == DeploymentStrategy.EVERY_NODE
        ? 1
        : definition.get(Attributes.TARGET_NUM_CONTAINERS);
  }

  private long store(Namespace namespace, List<? extends EventMessage<?>> messages) {
    long bytes = 0;
    for (var message : messages) {
      bytes += Wire.write(message.getPayload()).length;
    }
    update(
        "INSERT INTO stored_bytes (namespace, shard, bytes) VALUES (?, ?, ?)"
            + " ON CONFLICT (namespace, shard)"
            + " DO UPDATE SET bytes = stored_bytes.bytes + EXCLUDED.bytes",
        namespace.value(),
        ThreadLocalRandom.current().nextInt(SHARDS),
        bytes);
    return bytes;
  }

  private void check(Namespace namespace, Map<Quota, Long> added) {
    var recent = counted.get(namespace);
    if (recent == null || System.nanoTime() - recent.at > RECENT_NANOSECONDS) {
      recent = new Counted(usage.of(namespace), System.nanoTime());
      counted.put(namespace, recent);
    }
    var known = recent.used;
    boolean isNear =
        added.keySet().stream().anyMatch(quota -> isNear(quota, added, known, namespace));
    if (!isNear) {
      return;
    }
    if (added.size() > 1) { // bytes alone may be exceeded by what is under way
      usage.lock(namespace);
    }
    var used = usage.of(namespace);
    added.forEach((quota, more) -> check(quota, more, used, namespace));
  }

  private boolean isNear(
      Quota quota, Map<Quota, Long> added, Map<Quota, Long> known, Namespace namespace) {
    long margin = quota == Quota.STORED_BYTES ? MARGIN_BYTES : MARGIN;
    long least = known.getOrDefault(quota, 0L) + added.getOrDefault(quota, 0L);
    return least + margin >= quotas.limit(namespace, quota);
  }

  /**
   * @param used with what this transaction adds
   */
  private void check(Quota quota, long more, Map<Quota, Long> used, Namespace namespace) {
    long now = quota == Quota.CONTAINERS_PER_SERVICE ? more : used.getOrDefault(quota, 0L);
    long limit = quotas.limit(namespace, quota);
    if (now > limit) {
      throw new QuotaExceeded(
          namespace, quota, quota == Quota.CONTAINERS_PER_SERVICE ? now : now - more, limit);
    }
  }

  private void update(String sql, Object... values) {
    jdbc.update(sql, values);
  }
}
