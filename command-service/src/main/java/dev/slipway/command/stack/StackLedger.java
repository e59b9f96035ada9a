package dev.slipway.command.stack;

import dev.slipway.command.stack.StackDecider.Inventory;
import dev.slipway.model.Namespace;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.StackId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which services go by which name, and in which stack. With it comes what stacks have to ask. */
public final class StackLedger {

  private final JdbcTemplate jdbc;
  private final StackWork work;

  public StackLedger(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.work = new StackWork(jdbc);
  }

  StackWork work() {
    return work;
  }

  /** The services that are not terminated of a name; in no stack if the stack's name is null. */
  List<ServiceId> named(Namespace namespace, String name, @Nullable String stack) {
    return jdbc.query(
        "SELECT service FROM services WHERE namespace = ? AND name = ?"
            + " AND stack_name IS NOT DISTINCT FROM ? ORDER BY number",
        (row, _) -> new ServiceId(row.getString(1)),
        namespace.value(),
        name,
        stack);
  }

  /** Whether the namespace has the service, and it does not end. */
  boolean has(Namespace namespace, ServiceId service) {
    return !jdbc.queryForList(
            "SELECT 1 FROM services WHERE service = ? AND namespace = ? AND live",
            Integer.class,
            service.value(),
            namespace.value())
        .isEmpty();
  }

  /** The services of a stack that are not terminated, by name, the oldest first. */
  Map<String, ServiceId> servicesOf(StackId stack) {
    var services = new LinkedHashMap<String, ServiceId>();
    jdbc.query(
        "SELECT name, service FROM services WHERE stack = ? ORDER BY number",
        row -> {
          services.put(row.getString(1), new ServiceId(row.getString(2)));
        },
        stack.value());
    return services;
  }

  Inventory inventory(StackId stack, EventStore events) {
    var services =
        servicesOf(stack).values().stream().map(service -> folded(service, events)).toList();
    return new Inventory(services, !work.hasUnsent(stack));
  }

  private static Service folded(ServiceId id, EventStore events) {
    @Nullable Service service = null;
    var log = events.readEvents(id.value(), 0);
    while (log.hasNext()) {
      var message = log.next();
      service =
          Service.evolve(service, (ServiceEvent) message.getPayload(), message.getTimestamp());
    }
    return Objects.requireNonNull(service);
  }

  boolean exists(ServiceId service) {
    return !jdbc.queryForList("SELECT 1 FROM services WHERE service = ?", service.value())
        .isEmpty();
  }

  /** The name that a service goes by, its uuid once it is gone. */
  String nameOf(ServiceId service) {
    return jdbc
        .queryForList("SELECT name FROM services WHERE service = ?", String.class, service.value())
        .stream()
        .findFirst()
        .orElse(service.value());
  }

  /** The name of a stack, as its services have it; empty if it has none. */
  String nameOf(StackId stack) {
    return jdbc
        .queryForList(
            "SELECT stack_name FROM services WHERE stack = ? LIMIT 1", String.class, stack.value())
        .stream()
        .findFirst()
        .orElse("");
  }
}
