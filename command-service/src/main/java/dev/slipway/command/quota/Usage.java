package dev.slipway.command.quota;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.quota.Quota;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a namespace uses, counted from the ledger's tables. */
final class Usage {

  /** A service on every node has as many containers as there are nodes; one is counted. */
  private static final String ASKED =
      "SELECT count(*) FILTER (WHERE s.service IS NULL),"
          + " coalesce(sum(greatest(0, w.containers - coalesce(s.containers, 0))), 0),"
          + " coalesce(max(w.containers), 0) FROM"
          + " (SELECT service, CASE WHEN definition ->> 'deployment_strategy' = 'EVERY_NODE' THEN 1"
          + " ELSE coalesce((definition ->> 'target_num_containers')::bigint, 1) END AS containers"
          + " FROM (SELECT service, coalesce(command::jsonb -> 'definition',"
          + " command::jsonb -> 'changes') AS definition FROM stack_work WHERE NOT sent"
          + " AND type IN ('CreateService', 'UpdateService') AND %s) one) w"
          + " LEFT JOIN services s ON s.service = w.service";

  private final JdbcTemplate jdbc;

  Usage(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * As this transaction sees it. What stacks have still to ask of their services counts as used, so
   * that nothing else can take what a stack was accepted with.
   */
  Map<Quota, Long> of(Namespace namespace) {
    var used = made(namespace);
    var asked = asked("stack IN (SELECT stack FROM stacks WHERE namespace = ?)", namespace.value());
    used.merge(Quota.SERVICES, asked.services(), Long::sum);
    used.merge(Quota.CONTAINERS, asked.containers(), Long::sum);
    used.merge(Quota.CONTAINERS_PER_SERVICE, asked.mostContainers(), Math::max);
    return used;
  }

  /**
   * The services that stacks have yet to create, in addition to those that exist.
   *
   * @param mostContainers of one service
   */
  record Asked(long services, long containers, long mostContainers) {}

  /** The services that the action of a stack has yet to create. */
  Asked askedBy(ActionId action) {
    return asked("action = ?", action.value());
  }

  private Asked asked(String condition, String value) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            ASKED.formatted(condition),
            (row, _) -> new Asked(row.getLong(1), row.getLong(2), row.getLong(3)),
            value));
  }

  private Map<Quota, Long> made(Namespace namespace) {
    var used = new EnumMap<Quota, Long>(Quota.class);
    jdbc.query(
        "SELECT count(*), coalesce(sum(containers), 0), coalesce(max(containers), 0),"
            + " coalesce(sum(triggers), 0) FROM services WHERE namespace = ?",
        row -> {
          used.put(Quota.SERVICES, row.getLong(1));
          used.put(Quota.CONTAINERS, row.getLong(2));
          used.put(Quota.CONTAINERS_PER_SERVICE, row.getLong(3));
          used.put(Quota.TRIGGERS, row.getLong(4));
        },
        namespace.value());
    used.put(Quota.STACKS, number("SELECT count(*) FROM stacks WHERE namespace = ?", namespace));
    used.put(
        Quota.STORED_BYTES,
        number("SELECT coalesce(sum(bytes), 0) FROM stored_bytes WHERE namespace = ?", namespace));
    return used;
  }

  private long number(String sql, Namespace namespace) {
    return Objects.requireNonNullElse(jdbc.queryForObject(sql, Long.class, namespace.value()), 0L);
  }

  /** Whoever else calls this for the namespace waits until this transaction has ended. */
  void lock(Namespace namespace) {
    jdbc.query(
        "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
        row -> {},
        "quota/" + namespace.value());
  }
}
