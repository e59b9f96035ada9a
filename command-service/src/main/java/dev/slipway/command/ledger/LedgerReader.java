package dev.slipway.command.ledger;

import dev.slipway.command.ledger.NodeMap.Placed;
import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the ledger. */
public final class LedgerReader {

  /** An operation under way. */
  public record Pending(ServiceId service, ActionId operation) {}

  private final JdbcTemplate jdbc;

  public LedgerReader(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Every node there is. */
  public List<LedgerNode> nodes() {
    return jdbc.query(
        "SELECT node, namespace, reachable, facts, user_tags, draining FROM nodes",
        (row, _) ->
            new LedgerNode(
                new NodeId(row.getString(1)),
                new Namespace(row.getString(2)),
                row.getBoolean(3),
                Wire.MAPPER.readValue(row.getString(4), NodeFacts.class),
                List.of(Wire.MAPPER.readValue(row.getString(5), String[].class)),
                row.getBoolean(6)));
  }

  /** Operations whose deadline has passed, by the database's clock. */
  public List<Pending> expired() {
    return jdbc.query(
        "SELECT service, operation FROM operations WHERE deadline < now() LIMIT 100",
        (row, _) -> new Pending(new ServiceId(row.getString(1)), new ActionId(row.getString(2))));
  }

  /** The service that the operation is under way on. */
  public Optional<ServiceId> serviceOf(ActionId operation) {
    return jdbc
        .query(
            "SELECT service FROM operations WHERE operation = ?",
            (row, _) -> new ServiceId(row.getString(1)),
            operation.value())
        .stream()
        .findFirst();
  }

  /** The service that the container is of, unless nothing is left of it. */
  public Optional<ServiceId> serviceOf(ContainerId container) {
    return jdbc
        .query(
            "SELECT service FROM placements WHERE container = ?",
            (row, _) -> new ServiceId(row.getString(1)),
            container.value())
        .stream()
        .findFirst();
  }

  /** The namespace of a service that is not terminated. */
  public Optional<Namespace> namespaceOf(ServiceId service) {
    return jdbc
        .query(
            "SELECT namespace FROM services WHERE service = ?",
            (row, _) -> new Namespace(row.getString(1)),
            service.value())
        .stream()
        .findFirst();
  }

  /** Services whose operation waits for a node. */
  public List<ServiceId> waiting() {
    return jdbc.query(
        "SELECT service FROM operations WHERE waiting",
        (row, _) -> new ServiceId(row.getString(1)));
  }

  /** Every transaction before this one has ended. */
  String horizon() {
    return String.valueOf(jdbc.queryForObject("SELECT log_horizon()::text", String.class));
  }

  /** The events of these types that transactions from one horizon to the next have stored. */
  List<String> events(String from, String to, Set<String> types) {
    return jdbc.queryForList(
        "SELECT event_identifier FROM events WHERE tx >= CAST(? AS xid8) AND tx < CAST(? AS xid8)"
            + " AND payload_type = ANY (?)",
        String.class,
        from,
        to,
        types.toArray(String[]::new));
  }

  NodeMap read() {
    var claims = claims();
    var containers = new HashMap<ContainerId, Placed>();
    jdbc.query(
        "SELECT container, service, slot, node FROM placements",
        row -> {
          var container = new ContainerId(row.getString(1));
          containers.put(
              container,
              new Placed(
                  new ServiceId(row.getString(2)),
                  row.getInt(3),
                  new NodeId(row.getString(4)),
                  claims.getOrDefault(container, List.of())));
        });
    return new NodeMap(nodes(), containers);
  }

  private Map<ContainerId, List<PublishedPort>> claims() {
    var claims = new HashMap<ContainerId, List<PublishedPort>>();
    jdbc.query(
        "SELECT container, protocol, port FROM port_claims",
        row -> {
          var protocol = Protocol.valueOf(row.getString(2).toUpperCase(Locale.ROOT));
          claims
              .computeIfAbsent(new ContainerId(row.getString(1)), _ -> new ArrayList<>())
              .add(new PublishedPort(protocol, 0, row.getInt(3)));
        });
    return claims;
  }
}
