package dev.slipway.benchmarks.processes;

import dev.slipway.benchmarks.measure.Load;
import dev.slipway.standalone.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** The kind of PostgreSQL that a standalone has, as durable, with nothing else to do. */
public final class Postgres implements AutoCloseable {

  /** What the server lets in, less what it keeps for itself. */
  public static final int MOST_CLIENTS = 48;

  /** About the size of an event with its metadata. */
  private static final String ROW = "x".repeat(900);

  private final EmbeddedDatabase server;
  private final AtExit atExit;

  private Postgres(EmbeddedDatabase server) {
    this.server = server;
    this.atExit = new AtExit(server::close);
  }

  /** Empty. */
  public static Postgres start(Path data) {
    return new Postgres(
        EmbeddedDatabase.start(
            data.resolve("postgres"), data.resolve("programs"), data.resolve("postgres.log")));
  }

  /** With a table that {@link #committer()} writes to. */
  public static Postgres startWithTable(Path data) throws SQLException {
    var postgres = start(data);
    try (var connection = postgres.connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE rows (id TEXT PRIMARY KEY, content TEXT NOT NULL)");
    }
    return postgres;
  }

  public String jdbcUrl() {
    return server.jdbcUrl();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }

  /** A client that commits one row at a time. */
  public Load.Client committer() {
    try {
      return new Committer(connect());
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static final class Committer implements Load.Client {

    private final Connection connection;
    private final PreparedStatement insert;

    Committer(Connection connection) throws SQLException {
      this.connection = connection;
      this.insert = connection.prepareStatement("INSERT INTO rows VALUES (?, ?)");
    }

    @Override
    public void request() throws SQLException {
      insert.setString(1, UUID.randomUUID().toString());
      insert.setString(2, ROW);
      insert.executeUpdate();
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  @Override
  public void close() {
    atExit.close();
  }
}
