package dev.slipway.standalone.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * The roles of the embedded PostgreSQL: its superuser, for set-up only, and the role that Slipway
 * works as, which owns the database and has no right beyond it.
 */
record DatabaseRoles(Secrets secrets) {

  static final String SUPERUSER = "postgres";
  static final String WORKER = "slipway";
  static final String DATABASE = "postgres";

  /** Of the superuser. Absent where the folder was made by a Slipway that let everybody in. */
  static final String SUPERUSER_SECRET = "postgres-superuser";

  private static final String WORKER_SECRET = "postgres";

  private static final String ROLE =
      """
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'slipway') THEN
          CREATE ROLE slipway LOGIN;
        END IF;
      END $$;
      ALTER ROLE slipway LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
      ALTER DATABASE postgres OWNER TO slipway;
      """;

  /** What an earlier Slipway made as the superuser. Sequences of columns follow their tables. */
  private static final String OWNER =
      """
      DO $$ DECLARE one record; BEGIN
        FOR one IN
          SELECT c.oid::regclass AS name, c.relkind AS kind FROM pg_class c
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'S', 'v', 'm')
            AND c.relowner <> 'slipway'::regrole
            AND NOT EXISTS (
              SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))
        LOOP
          EXECUTE format('ALTER %s %s OWNER TO slipway',
            CASE one.kind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW'
              WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, one.name);
        END LOOP;
        FOR one IN
          SELECT oid::regprocedure AS name FROM pg_proc
          WHERE pronamespace = 'public'::regnamespace AND proowner <> 'slipway'::regrole
        LOOP
          EXECUTE format('ALTER ROUTINE %s OWNER TO slipway', one.name);
        END LOOP;
      END $$;
      """;

  /**
   * Makes the working role what it must be.
   *
   * @param superuser a connection of the superuser
   */
  void setUp(Connection superuser) throws SQLException {
    boolean isNew = secrets.existing(WORKER_SECRET).isEmpty() || !exists(superuser);
    if (isNew) {
      try (var statement = superuser.createStatement()) {
        statement.execute(ROLE);
        statement.execute(OWNER);
      }
      superuser
          .unwrap(PGConnection.class)
          .alterUserPassword(
              WORKER, secrets.password(WORKER_SECRET).toCharArray(), "scram-sha-256");
    }
  }

  private static boolean exists(Connection superuser) throws SQLException {
    try (var statement = superuser.createStatement();
        var found = statement.executeQuery("SELECT FROM pg_roles WHERE rolname = 'slipway'")) {
      return found.next();
    }
  }

  String jdbcUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
        .formatted(port, DATABASE, WORKER, secrets.password(WORKER_SECRET));
  }
}
