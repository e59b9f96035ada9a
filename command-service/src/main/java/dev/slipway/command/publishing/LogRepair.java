package dev.slipway.command.publishing;

import dev.slipway.command.publishing.ParkedSubjects.Parked;
import dev.slipway.command.store.RecordLimits;
import dev.slipway.http.ApiFailure;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.StoredEvents;
import dev.slipway.model.wire.UnreadableEvent;
import dev.slipway.model.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends that a subject is parked, as an operator decides. The event as it was stays in the table
 * {@code repaired_events}, with who replaced it and why.
 */
public final class LogRepair {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final ParkedSubjects parked;
  private final Consumer<String> forget;
  private final RecordLimits limits;

  /**
   * @param forget removes an aggregate from the cache of the command side
   */
  public LogRepair(
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      ParkedSubjects parked,
      Consumer<String> forget,
      RecordLimits limits) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.parked = parked;
    this.forget = forget;
    this.limits = limits;
  }

  /** The user who repairs, and the reason. */
  public record Operator(String user, String reason) {}

  public List<Parked> parked() {
    parked.refresh();
    return parked.all();
  }

  /**
   * Leaves the event out. A later event of a service is replaced by one that changes nothing. Of
   * any other event nothing is known that could stand in its place: the subject as a whole stays
   * unpublished, and no longer counts as parked.
   *
   * @return what was done
   */
  public String skip(long position, Operator operator) {
    var one = find(position);
    if (one.aggregate().equals("Service") && one.sequence() > 0) {
      var nothing = new ServiceUpdated(new ServiceId(one.subject()), ServiceDefinition.EMPTY);
      store(one, "ServiceUpdated", Wire.write(nothing), operator);
      return "the event at position %d of service %s was replaced by one that changes nothing"
          .formatted(position, one.subject());
    }
    jdbc.update("UPDATE parked_subjects SET abandoned = TRUE WHERE subject = ?", one.subject());
    parked.refresh();
    return "%s %s stays unpublished from position %d on"
        .formatted(one.aggregate(), one.subject(), position);
  }

  /**
   * Puts another event in its place.
   *
   * @param type null for the stored one
   * @param event as JSON
   * @return what was done
   */
  public String replace(long position, @Nullable String type, String event, Operator operator) {
    var one = find(position);
    var stored =
        jdbc.queryForObject(
            "SELECT payload_type FROM events WHERE aggregate_identifier = ? AND sequence_number ="
                + " ?",
            String.class,
            one.subject(),
            one.sequence());
    var name = type == null ? String.valueOf(stored) : type;
    if (!EventTypes.isEvent(name)) {
      throw new InvalidInput("type", "must be the name of an event (got %s)".formatted(name));
    }
    var json = event.getBytes(StandardCharsets.UTF_8);
    if (json.length > limits.largestEvent()) {
      throw new InvalidInput(
          "event",
          "must have at most %d bytes (got %d)".formatted(limits.largestEvent(), json.length));
    }
    try {
      var _ =
          StoredEvents.read(json, name, EventTypes.revision(EventTypes.named(name)), one.subject());
    } catch (UnreadableEvent unreadable) {
      throw new InvalidInput("event", "cannot be read either: " + unreadable.getMessage());
    }
    store(one, name, json, operator);
    return "the event at position %d of %s %s was replaced"
        .formatted(position, one.aggregate(), one.subject());
  }

  private Parked find(long position) {
    return parked().stream()
        .filter(one -> one.position() == position)
        .findFirst()
        .orElseThrow(
            () ->
                new ApiFailure(
                    HttpStatus.NOT_FOUND,
                    "no event is parked at position %d; parked are %s"
                        .formatted(
                            position, parked.all().stream().map(Parked::position).toList())));
  }

  private void store(Parked one, String type, byte[] json, Operator operator) {
    transactions.executeWithoutResult(
        _ -> {
          jdbc.update(
              "INSERT INTO repaired_events (position, subject, sequence, payload_type,"
                  + " payload_revision, payload, repaired_by, reason) SELECT ?,"
                  + " aggregate_identifier, sequence_number, payload_type, payload_revision,"
                  + " payload, ?, ? FROM events"
                  + " WHERE aggregate_identifier = ? AND sequence_number = ?",
              one.position(),
              operator.user(),
              operator.reason(),
              one.subject(),
              one.sequence());
          jdbc.update(
              "UPDATE events SET payload_type = ?, payload_revision = ?, payload = ?"
                  + " WHERE aggregate_identifier = ? AND sequence_number = ?",
              type,
              EventTypes.revision(EventTypes.named(type)),
              new String(json, StandardCharsets.UTF_8),
              one.subject(),
              one.sequence());
          jdbc.update("DELETE FROM snapshots WHERE aggregate_identifier = ?", one.subject());
          jdbc.update(
              "UPDATE parked_subjects SET repaired = TRUE, abandoned = FALSE WHERE subject = ?",
              one.subject());
        });
    forget.accept(one.subject());
    parked.refresh();
  }
}
