package dev.slipway.command.ledger;

import dev.slipway.model.Namespace;
import dev.slipway.model.service.ServiceId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Finds services by what they are called, and those that refer to one. */
public final class ServiceReferences {

  /**
   * A service that may be referred to.
   *
   * @param stack the name of the stack that it is in, null if in none
   */
  public record Named(ServiceId id, String name, @Nullable String stack) {}

  /** A link to a service, as its target sees it. */
  public record LinkFrom(ServiceId service, String name) {}

  private static final RowMapper<Named> NAMED =
      (row, _) -> new Named(new ServiceId(row.getString(1)), row.getString(2), row.getString(3));

  private final JdbcTemplate jdbc;

  public ServiceReferences(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The services of this name, in whatever stack, that do not end; the oldest first. */
  public List<Named> named(Namespace namespace, String name) {
    return jdbc.query(
        "SELECT service, name, stack_name FROM services"
            + " WHERE namespace = ? AND name = ? AND live ORDER BY created, service",
        NAMED,
        namespace.value(),
        name);
  }

  /** The service, unless it ends or has ended. */
  public Optional<Named> find(Namespace namespace, ServiceId service) {
    return jdbc
        .query(
            "SELECT service, name, stack_name FROM services"
                + " WHERE service = ? AND namespace = ? AND live",
            NAMED,
            service.value(),
            namespace.value())
        .stream()
        .findFirst();
  }

  /** The images of the services of a namespace that do not end, none twice. */
  public List<String> images(Namespace namespace) {
    return jdbc.queryForList(
        "SELECT DISTINCT image FROM services WHERE namespace = ? AND live AND image IS NOT NULL",
        String.class,
        namespace.value());
  }

  /** The links to a service, in the order in which the query side shows them. */
  public List<LinkFrom> linksTo(ServiceId service) {
    return jdbc.query(
        "SELECT r.from_service, r.name FROM service_references r"
            + " JOIN services s ON s.service = r.from_service"
            + " WHERE r.to_service = ? AND r.kind = 'LINK'"
            + " ORDER BY s.created, s.service COLLATE \"C\", r.number",
        (row, _) -> new LinkFrom(new ServiceId(row.getString(1)), row.getString(2)),
        service.value());
  }

  /**
   * The other services that use a service's volumes. Until the transaction ends no further one can
   * begin to.
   */
  public List<Named> usersOfVolumes(ServiceId service) {
    var _ =
        jdbc.queryForList(
            "SELECT service FROM services WHERE service = ? FOR UPDATE",
            String.class,
            service.value());
    return jdbc.query(
        "SELECT s.service, s.name, s.stack_name FROM service_references r"
            + " JOIN services s ON s.service = r.from_service"
            + " WHERE r.to_service = ? AND r.kind = 'VOLUMES' AND r.from_service <> r.to_service"
            + " ORDER BY s.created, s.service",
        NAMED,
        service.value());
  }
}
