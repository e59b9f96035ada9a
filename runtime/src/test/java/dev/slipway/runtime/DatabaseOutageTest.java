package dev.slipway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class DatabaseOutageTest {

  private long now;
  private final DatabaseOutage outage = new DatabaseOutage(() -> now);

  static Stream<Throwable> outages() {
    return Stream.of(
        new SQLException("terminating connection due to unexpected postmaster exit", "57P01"),
        new SQLException("the database system is starting up", "57P03"),
        new SQLException("Connection refused", "08001"),
        new SQLTransientConnectionException("no connection within 8 s"),
        new IllegalStateException(new RuntimeException(new SQLException("broken", "08006"))));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void isWhatEndsStartsOrCannotBeReached(Throwable failure) {
    assertThat(DatabaseOutage.isCauseOf(failure)).isTrue();
  }

  @Test
  void isNoFaultOfAStatementAndNoOtherFailure() {
    assertThat(DatabaseOutage.isCauseOf(new SQLException("no such table", "42P01"))).isFalse();
    assertThat(DatabaseOutage.isCauseOf(new SQLException("unknown"))).isFalse();
    assertThat(DatabaseOutage.isCauseOf(new IllegalStateException("broken"))).isFalse();
  }

  @Test
  void isLoggedOnceAMinuteWithTheRemedyAndWithoutAStackTrace() {
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    var log = (Logger) LoggerFactory.getLogger(DatabaseOutage.class);
    log.addAppender(lines);
    outage.log("publisher", "PSQLException: FATAL");
    outage.log("timekeeper", "PSQLException: FATAL");
    assertThat(lines.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getFormattedMessage())
                  .contains("publisher failed: PSQLException: FATAL", "SLIPWAY_POSTGRES");
              assertThat(line.getThrowableProxy()).isNull();
            });
    now += Duration.ofMinutes(1).toNanos();
    outage.log("timekeeper", "PSQLException: FATAL");
    assertThat(lines.list).hasSize(2);
    log.detachAppender(lines);
  }

  @Test
  void isTheOneLineThatATaskLeaves() {
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    var logs =
        Stream.of(BackgroundTask.class, DatabaseOutage.class)
            .map(one -> (Logger) LoggerFactory.getLogger(one))
            .toList();
    logs.forEach(log -> log.addAppender(lines));
    var task =
        new BackgroundTask(
            "storing",
            _ -> {
              throw new IllegalStateException(new SQLException("Connection refused", "08001"));
            });
    task.start();
    await().until(() -> task.status().isFailing());
    task.stop();
    assertThat(lines.list)
        .singleElement()
        .satisfies(line -> assertThat(line.getFormattedMessage()).contains("storing failed"));
    logs.forEach(log -> log.detachAppender(lines));
  }
}
