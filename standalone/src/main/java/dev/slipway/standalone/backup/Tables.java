package dev.slipway.standalone.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables of a database, and what is needed to copy them. */
final class Tables {

  private final Connection connection;

  Tables(Connection connection) {
    this.connection = connection;
  }

  /** All tables, each after those that it refers to; without Flyway's own. */
  List<String> all() throws SQLException {
    var names =
        new ArrayList<>(
            values(
                "SELECT table_name FROM information_schema.tables WHERE table_schema ="
                    + " current_schema() AND table_type = 'BASE TABLE' ORDER BY 1"));
    names.remove("flyway_schema_history");
    var targets = new HashMap<String, Set<String>>();
    try (var rows =
        connection
            .createStatement()
            .executeQuery(
                "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
                    + " WHERE contype = 'f'")) {
      while (rows.next()) {
        targets.computeIfAbsent(rows.getString(1), _ -> new HashSet<>()).add(rows.getString(2));
      }
    }
    var ordered = new LinkedHashSet<String>();
    while (ordered.size() < names.size()) {
      int before = ordered.size();
      names.stream()
          .filter(name -> ordered.containsAll(targets.getOrDefault(name, Set.of())))
          .forEach(ordered::add);
      if (ordered.size() == before) {
        ordered.addAll(names);
      }
    }
    return List.copyOf(ordered);
  }

  List<String> columns(String table) throws SQLException {
    return values(
        "SELECT column_name FROM information_schema.columns WHERE table_schema ="
            + " current_schema() AND table_name = '%s' ORDER BY ordinal_position".formatted(table));
  }

  /** The version of the tables, as Flyway counts. */
  String schema() throws SQLException {
    return value(
        "SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank DESC"
            + " LIMIT 1");
  }

  /** The value that each sequence gives next. */
  Map<String, Long> sequences() throws SQLException {
    var sequences = new HashMap<String, Long>();
    for (var name :
        values("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()")) {
      sequences.put(
          name,
          Long.parseLong(
              value("SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM " + name)));
    }
    return sequences;
  }

  String value(String sql) throws SQLException {
    var values = values(sql);
    if (values.isEmpty()) {
      throw new SQLException("Nothing is found by: " + sql);
    }
    return values.getFirst();
  }

  private List<String> values(String sql) throws SQLException {
    var values = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
