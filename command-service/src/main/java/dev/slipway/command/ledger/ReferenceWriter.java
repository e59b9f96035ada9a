package dev.slipway.command.ledger;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerGone;
import dev.slipway.model.service.ServiceEvent.ContainerObserved;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRequest;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.OperationEvent;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The ledger's part on what services are called, and which of them refer to which. */
final class ReferenceWriter {

  private static final String LINK = "LINK";
  private static final String VOLUMES = "VOLUMES";

  /** What has to be started before, as {@code depends_on} says. */
  private static final String ORDER = "ORDER";

  private final JdbcTemplate jdbc;

  ReferenceWriter(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @throws InvalidInput if a service whose volumes are wanted has begun to end meanwhile
   */
  void write(ServiceEvent event, Instant at) {
    switch (event) {
      case ServiceCreated created -> {
        name(created, at);
        insert(created.serviceId(), created.definition());
      }
      case ServiceUpdated(var service, var changes) -> replace(service, changes);
      case OperationBegun begun -> {
        if (begun.kind() == OperationKind.TERMINATE) {
          update("UPDATE services SET live = FALSE WHERE service = ?", begun.serviceId().value());
        }
      }
      case OperationEnded ended ->
          update(
              "UPDATE services SET live = TRUE WHERE service = ? AND NOT live",
              ended.serviceId().value());
      case ServiceTerminated(var service) -> {
        update("DELETE FROM service_references WHERE from_service = ?", service.value());
        update("DELETE FROM services WHERE service = ?", service.value());
      }
      case OperationEvent _, TriggerCreated _, TriggerDeleted _, ContainerPlaced _ -> {}
      case ContainerRequest _, ContainerObserved _, ContainerGone _ -> {}
      case PlacementRefused _, FleetResized _ -> {}
    }
  }

  private void replace(ServiceId service, ServiceDefinition changes) {
    forget(service, changes);
    insert(service, changes);
    if (changes.sets(Attributes.IMAGE)) {
      update(
          "UPDATE services SET image = ? WHERE service = ?",
          changes.get(Attributes.IMAGE),
          service.value());
    }
  }

  private void name(ServiceCreated created, Instant at) {
    var stack = created.stack();
    update(
        "INSERT INTO services (service, namespace, name, stack, stack_name, created, image)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        created.serviceId().value(),
        created.namespace().value(),
        created.definition().get(Attributes.NAME),
        stack == null ? null : stack.id().value(),
        stack == null ? null : stack.name(),
        at.toEpochMilli(),
        created.definition().get(Attributes.IMAGE));
  }

  private void forget(ServiceId service, ServiceDefinition changes) {
    var delete = "DELETE FROM service_references WHERE from_service = ? AND kind = ?";
    if (changes.sets(Attributes.LINKED_TO_SERVICE)) {
      update(delete, service.value(), LINK);
    }
    if (changes.sets(Attributes.BINDINGS)) {
      update(delete, service.value(), VOLUMES);
    }
    if (changes.sets(Attributes.DEPENDS_ON)) {
      update(delete, service.value(), ORDER);
    }
  }

  private void insert(ServiceId service, ServiceDefinition definition) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (var link : definition.get(Attributes.LINKED_TO_SERVICE)) {
      rows.add(
          new @Nullable Object[] {
            service.value(), LINK, rows.size(), link.to().value(), link.name()
          });
    }
    var sources = sources(definition);
    hold(sources);
    for (var source : sources) {
      rows.add(new @Nullable Object[] {service.value(), VOLUMES, rows.size(), source, null});
    }
    for (var before : definition.get(Attributes.DEPENDS_ON)) {
      rows.add(new @Nullable Object[] {service.value(), ORDER, rows.size(), before.value(), null});
    }
    if (!rows.isEmpty()) {
      var _ =
          jdbc.batchUpdate(
              "INSERT INTO service_references (from_service, kind, number, to_service, name)"
                  + " VALUES (?, ?, ?, ?, ?)",
              rows);
    }
  }

  private static TreeSet<String> sources(ServiceDefinition definition) {
    var sources = new TreeSet<String>();
    definition.get(Attributes.BINDINGS).stream()
        .map(Binding::volumesFrom)
        .filter(Objects::nonNull)
        .forEach(source -> sources.add(source.value()));
    return sources;
  }

  /** Whoever wants to terminate one of these waits from here on, and then sees who uses it. */
  private void hold(TreeSet<String> sources) {
    for (var source : sources) {
      List<String> live =
          jdbc.queryForList(
              "SELECT service FROM services WHERE service = ? AND live FOR SHARE",
              String.class,
              source);
      if (live.isEmpty()) {
        throw new InvalidInput("bindings.volumes_from", "names a service that ends: " + source);
      }
    }
  }

  private void update(String sql, @Nullable Object... values) {
    jdbc.update(sql, values);
  }
}
