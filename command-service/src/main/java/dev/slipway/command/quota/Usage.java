package dev.slipway.command.quota;

import dev.slipway.model.Namespace;
import dev.slipway.model.quota.Quota;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a namespace uses, counted from the ledger's tables. */
final class Usage {

  private final JdbcTemplate jdbc;

  Usage(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** As this transaction sees it. */
  Map<Quota, Long> of(Namespace namespace) {
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
