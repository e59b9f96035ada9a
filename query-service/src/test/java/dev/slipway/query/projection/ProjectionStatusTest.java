package dev.slipway.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.wire.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectionStatusTest {

  private static final String EVENTS = Topics.SERVICE_EVENTS.topic();
  private static final String LINES = Topics.LOGS.topic();

  private final ProjectionStatus status = new ProjectionStatus(List.of(EVENTS, LINES));

  /** As when Kafka is filled from PostgreSQL: a view is built from nothing before that begins. */
  @Test
  void isNotReadyFromWhenItIsFarBehindUntilItIsClose() {
    status.works();
    status.built();
    status.lag(EVENTS, 9_000);
    assertThat(status.isReady()).as("a burst of writes").isTrue();
    status.lag(EVENTS, 200_000);
    assertThat(status.isReady()).isFalse();
    assertThat(status.describe()).containsEntry("state", "far behind");
    status.lag(EVENTS, 9_000);
    assertThat(status.isReady()).isFalse();
    status.lag(EVENTS, 900);
    assertThat(status.isReady()).isTrue();
    assertThat(status.describe()).containsEntry("state", "live");
  }

  @Test
  void isReadyHoweverManyLinesOfLogsAreLeft() {
    status.works();
    status.built();
    status.lag(LINES, 1_000_000);
    assertThat(status.isReady()).isTrue();
  }
}
