package dev.slipway.command.publishing;

import dev.slipway.command.publishing.EventLog.Stored;
import dev.slipway.runtime.HealthState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The subjects that are parked: an event of theirs cannot be published, and those after it wait.
 * All others are published. A parked subject stays parked until an operator repairs the event.
 */
public final class ParkedSubjects {

  private static final Logger LOG = LoggerFactory.getLogger(ParkedSubjects.class);

  private final JdbcTemplate jdbc;
  private volatile Map<String, Parked> known = Map.of();

  public ParkedSubjects(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A subject that is parked.
   *
   * @param aggregate the type of the subject, such as {@code Service}
   * @param sequence of the event that cannot be published, in its subject
   * @param position of the same event, in the log
   * @param repaired whether the event was repaired and is to be published again
   * @param abandoned whether an operator has decided that the subject stays unpublished
   */
  public record Parked(
      String subject,
      String aggregate,
      long sequence,
      long position,
      String reason,
      Instant since,
      boolean repaired,
      boolean abandoned) {

    /** The message to a client that commands the subject. */
    public String message() {
      return "%s %s is parked: its event at position %d cannot be published (%s). An operator can end this with ./slipway repair"
          .formatted(aggregate.toLowerCase(java.util.Locale.ROOT), subject, position, reason);
    }
  }

  /**
   * A subject that was published again.
   *
   * @param sequence of its first event that was repaired
   */
  record Repaired(String subject, long sequence) {}

  /** Reads what is parked. Another process may have parked or repaired it. */
  public void refresh() {
    known =
        jdbc
            .query(
                "SELECT subject, aggregate, sequence, position, reason, parked_at, repaired,"
                    + " abandoned FROM parked_subjects ORDER BY position",
                (row, _) ->
                    new Parked(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getTimestamp(6).toInstant(),
                        row.getBoolean(7),
                        row.getBoolean(8)))
            .stream()
            .collect(
                Collectors.toMap(
                    Parked::subject, Function.identity(), (one, _) -> one, LinkedHashMap::new));
  }

  public Optional<Parked> find(String subject) {
    return Optional.ofNullable(known.get(subject));
  }

  public List<Parked> all() {
    return List.copyOf(known.values());
  }

  void park(Stored stored, String reason) {
    var subject = stored.envelope().subject();
    LOG.error(
        "Cannot publish event {} of {} {} at position {}: {}; its events wait, others are"
            + " published",
        stored.envelope().sequence(),
        stored.aggregate(),
        subject,
        stored.envelope().position(),
        reason);
    jdbc.update(
        "INSERT INTO parked_subjects (subject, aggregate, sequence, position, reason)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (subject) DO UPDATE SET sequence ="
            + " excluded.sequence, position = excluded.position, reason = excluded.reason,"
            + " repaired = FALSE, abandoned = FALSE",
        subject,
        stored.aggregate(),
        stored.envelope().sequence(),
        stored.envelope().position(),
        reason);
    refresh();
  }

  /**
   * Ends it: what waited is published.
   *
   * @param position of the log by then
   */
  void release(Parked parked, long position) {
    LOG.info("{} {} is no longer parked", parked.aggregate(), parked.subject());
    publishedAgain(parked.subject(), position);
    jdbc.update("DELETE FROM parked_subjects WHERE subject = ? AND repaired", parked.subject());
    refresh();
  }

  /** Records the position of the log at which a repaired subject was published again. */
  void publishedAgain(String subject, long position) {
    jdbc.update("UPDATE repaired_events SET published = ? WHERE subject = ?", position, subject);
  }

  /**
   * The repaired subjects that were published again at this position of the log or later: a Kafka
   * that lost what came after the position may have lost them.
   */
  List<Repaired> repairedSince(long position) {
    return jdbc.query(
        "SELECT subject, min(sequence) FROM repaired_events GROUP BY subject"
            + " HAVING max(published) >= ? ORDER BY subject",
        (row, _) -> new Repaired(row.getString(1), row.getLong(2)),
        position);
  }

  public HealthState health() {
    var parked = known.values().stream().filter(one -> !one.abandoned()).toList();
    return parked.isEmpty()
        ? HealthState.up()
        : HealthState.degraded(
            Map.of(
                "parked",
                parked.stream()
                    .map(
                        one ->
                            Map.of(
                                "subject",
                                one.subject(),
                                "type",
                                one.aggregate(),
                                "position",
                                one.position(),
                                "reason",
                                one.reason()))
                    .toList()));
  }
}
