package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "08006, 503, look whether the change was made",
    "57P01, 503, look whether the change was made",
    "57P03, 503, look whether the change was made",
    "53300, 503, nothing was stored",
    "53100, 507, disk is full"
  })
  void answersThatTheDatabaseFailedWithARemedy(String state, int status, String message) {
    var failure =
        DatabaseFailures.of(new IllegalStateException(new SQLException("x", state))).orElseThrow();
    assertThat(failure.status().value()).isEqualTo(status);
    assertThat(failure.message()).contains(message);
  }

  @Test
  void nothingWasStoredWithoutAConnection() {
    var failure =
        DatabaseFailures.of(new RuntimeException(new SQLTransientConnectionException("timeout")));
    assertThat(failure.orElseThrow().message()).contains("nothing was stored");
  }

  @Test
  void otherFailuresAreNotTheDatabases() {
    assertThat(DatabaseFailures.of(new SQLException("duplicate key", "23505"))).isEmpty();
    assertThat(DatabaseFailures.of(new IllegalStateException("bug"))).isEmpty();
  }
}
