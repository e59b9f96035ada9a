package dev.slipway.http;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Failures of the database that are no fault of the request: it is down, starting or full. */
final class DatabaseFailures {

  private static final String DISK_FULL = "53100";
  private static final String OUT_OF_RESOURCES = "53";
  private static final String NO_CONNECTION = "08";
  private static final String SHUT_DOWN = "57P";

  private DatabaseFailures() {}

  /**
   * @param status 503, or 507 where PostgreSQL's disk is full
   */
  record Failure(HttpStatus status, String message) {}

  /** Empty if the database is not what failed. */
  static Optional<Failure> of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        return Optional.of(
            new Failure(
                HttpStatus.SERVICE_UNAVAILABLE,
                "PostgreSQL gives no connection: nothing was stored, try again"));
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return of(sql.getSQLState());
      }
    }
    return Optional.empty();
  }

  private static Optional<Failure> of(String state) {
    if (state.equals(DISK_FULL)) {
      return Optional.of(
          new Failure(
              HttpStatus.INSUFFICIENT_STORAGE,
              "PostgreSQL's disk is full: nothing was stored; free some space there"));
    }
    if (state.startsWith(NO_CONNECTION) || state.startsWith(SHUT_DOWN)) {
      return Optional.of(
          new Failure(
              HttpStatus.SERVICE_UNAVAILABLE,
              "the connection to PostgreSQL broke: look whether the change was made before you"
                  + " try again"));
    }
    return state.startsWith(OUT_OF_RESOURCES)
        ? Optional.of(
            new Failure(
                HttpStatus.SERVICE_UNAVAILABLE,
                "PostgreSQL lacks connections or memory: nothing was stored, try again"))
        : Optional.empty();
  }
}
