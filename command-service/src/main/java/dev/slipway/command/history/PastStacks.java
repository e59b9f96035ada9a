package dev.slipway.command.history;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.stack.DefinedService;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackDefined;
import dev.slipway.model.stack.StackId;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.Wire;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which services a stack had at one of its earlier versions, and how they were defined. */
public final class PastStacks {

  private record Numbered(long version, StackEvent event) {}

  private final JdbcTemplate jdbc;

  public PastStacks(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @return empty if the namespace has no such stack
   * @throws InvalidInput if the stack has no such version, or its services were not stored then
   */
  public Optional<List<DefinedService>> at(Namespace namespace, StackId stack, long version) {
    var events = events(stack);
    if (events.isEmpty()
        || !(events.getFirst().event() instanceof StackCreated created)
        || !created.namespace().equals(namespace)) {
      return Optional.empty();
    }
    var defined = events.stream().filter(one -> one.event() instanceof StackDefined).toList();
    if (defined.isEmpty()) {
      throw new InvalidInput("version", "cannot be restored: no version of this stack is stored");
    }
    long newest = newest(stack);
    long oldest = defined.getFirst().version();
    if (version < oldest || version > newest) {
      throw new InvalidInput("version", "must be from %d to %d".formatted(oldest, newest));
    }
    @Nullable List<DefinedService> services = null;
    for (var one : defined) {
      if (one.version() <= version && one.event() instanceof StackDefined(_, var then)) {
        services = then;
      }
    }
    return Optional.ofNullable(services);
  }

  private long newest(StackId stack) {
    var newest =
        jdbc.queryForObject(
            "SELECT max(sequence_number) FROM events"
                + " WHERE aggregate_identifier = ? AND type = 'Stack'",
            Long.class,
            stack.value());
    return newest == null ? -1 : newest;
  }

  private List<Numbered> events(StackId stack) {
    return jdbc.query(
        "SELECT sequence_number, payload_type, payload FROM events"
            + " WHERE aggregate_identifier = ? AND type = 'Stack'"
            + " AND payload_type IN ('StackCreated', 'StackDefined') ORDER BY sequence_number",
        (row, _) ->
            new Numbered(
                row.getLong(1),
                (StackEvent)
                    Wire.MAPPER.readValue(row.getString(3), EventTypes.named(row.getString(2)))),
        stack.value());
  }
}
