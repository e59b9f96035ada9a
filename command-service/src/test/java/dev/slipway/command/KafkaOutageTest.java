package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What a command service writes to its log when Kafka is away, or PostgreSQL refuses an event. */
class KafkaOutageTest {

  private static final String PUBLISHER_LOCK = "SELECT pg_advisory_lock(hashtext('slipway'))";

  /** The detail of its error is the whole row, and the row has a value that nobody may see. */
  private static final String REFUSED =
      "INSERT INTO events (tx, event_identifier, aggregate_identifier, sequence_number, type,"
          + " time_stamp, payload_type, payload, meta_data) VALUES ('1', 'one', 'web', 0, NULL,"
          + " '2026-01-01T00:00:00Z', 'any', 's3cret', '{}')";

  private static EmbeddedPostgres postgres;

  private static ConfigurableApplicationContext commandService() {
    return new SpringApplicationBuilder(CommandServiceTest.WithoutReaders.class)
        .properties("spring.config.name=command-service")
        .run(
            "--slipway.port=0",
            "--slipway.user=admin",
            "--slipway.apikey=key",
            "--slipway.query=false",
            "--slipway.kafka=127.0.0.1:1",
            "--slipway.postgres=" + postgres.getJdbcUrl("postgres", "postgres"));
  }

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  /** Collects what is logged with the levels of the product. */
  private static ListAppender<ILoggingEvent> log(String logger) {
    var log = new ListAppender<ILoggingEvent>();
    log.start();
    ((Logger) LoggerFactory.getLogger(logger)).addAppender(log);
    return log;
  }

  private static String kind(ILoggingEvent line) {
    return line.getLoggerName() + " " + line.getFormattedMessage().replaceAll("[0-9]+", "#");
  }

  @Test
  void writesEachLineOnceAMinuteAlsoThoseOfKafkasClients() {
    try (var _ = commandService()) {
      var log = log(org.slf4j.Logger.ROOT_LOGGER_NAME);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> lines(log).stream().anyMatch(line -> line.contains("does not answer")));
      await().pollDelay(Duration.ofSeconds(15)).atMost(Duration.ofMinutes(1)).until(() -> true);
      var lines = lines(log);
      var counted =
          lines.stream().collect(Collectors.groupingBy(line -> line, Collectors.counting()));
      assertThat(counted)
          .as(String.join("\n", lines))
          .allSatisfy((_, times) -> assertThat(times).isOne());
      assertThat(lines).as(String.join("\n", lines)).hasSizeLessThan(12);
    }
  }

  @Test
  void anInstanceThatDoesNotPublishMakesNoClientAgainAndAgain() throws Exception {
    try (var other = postgres.getPostgresDatabase().getConnection();
        var statement = other.createStatement()) {
      statement.execute(PUBLISHER_LOCK);
      try (var _ = commandService()) {
        var configured = AdminClientConfig.class.getName();
        var log = log(configured);
        ((Logger) LoggerFactory.getLogger(configured)).setLevel(Level.INFO);
        await().pollDelay(Duration.ofSeconds(6)).atMost(Duration.ofMinutes(1)).until(() -> true);
        assertThat(log.list).as("that of the health check").hasSizeLessThan(2);
      }
    }
  }

  @Test
  void noMessageOfAFailedInsertHasValuesOfTheRow() throws Exception {
    try (var context = commandService()) {
      assertThat(refusal(context.getBean(DataSource.class)))
          .contains("violates not-null constraint")
          .doesNotContain("s3cret");
    }
    assertThat(refusal(postgres.getPostgresDatabase())).as("as the driver does").contains("s3cret");
  }

  private static String refusal(DataSource database) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      var refused = catchThrowableOfType(SQLException.class, () -> statement.execute(REFUSED));
      var text = new StringWriter();
      refused.printStackTrace(new PrintWriter(text));
      return text.toString();
    }
  }

  private static List<String> lines(ListAppender<ILoggingEvent> log) {
    return List.copyOf(log.list).stream()
        .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
        .map(KafkaOutageTest::kind)
        .toList();
  }
}
