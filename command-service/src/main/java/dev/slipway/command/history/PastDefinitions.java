package dev.slipway.command.history;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.AttributesSet;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.Wire;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was set of a service at one of its earlier versions. */
public final class PastDefinitions {

  private final JdbcTemplate jdbc;

  public PastDefinitions(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The definition at a version, with each attribute set: what was not set then is set to its unset
   * value, so that as a change it brings back the whole.
   *
   * @return empty if the namespace has no such service
   * @throws InvalidInput if the service has not come to that version yet
   */
  public Optional<ServiceDefinition> at(Namespace namespace, ServiceId service, long version) {
    var newest =
        jdbc.queryForObject(
            "SELECT max(sequence_number) FROM events"
                + " WHERE aggregate_identifier = ? AND type = 'Service'",
            Long.class,
            service.value());
    if (newest == null || !(events(service, 0).getFirst() instanceof ServiceCreated created)) {
      return Optional.empty();
    }
    if (!created.namespace().equals(namespace)) {
      return Optional.empty();
    }
    if (version > newest) {
      throw new InvalidInput("version", "must be from 0 to " + newest);
    }
    var definition = ServiceDefinition.EMPTY;
    for (var event : events(service, version)) {
      definition = ServiceDefinition.after(definition, event);
    }
    return Optional.of(definition.whole());
  }

  private List<AttributesSet> events(ServiceId service, long version) {
    return jdbc.query(
        "SELECT payload_type, payload FROM events WHERE aggregate_identifier = ?"
            + " AND payload_type IN ('ServiceCreated', 'ServiceUpdated')"
            + " AND sequence_number <= ? ORDER BY sequence_number",
        (row, _) ->
            (AttributesSet)
                Wire.MAPPER.readValue(row.getString(2), EventTypes.named(row.getString(1))),
        service.value(),
        version);
  }
}
