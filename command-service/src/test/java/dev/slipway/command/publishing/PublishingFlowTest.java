package dev.slipway.command.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.publishing.EventLog.Position;
import dev.slipway.runtime.HealthState.Level;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PublishingFlowTest {

  private static final Position FIRST = new Position("5", 1, 1);
  private static final Position SECOND = new Position("6", 2, 2);

  private Instant now = Instant.EPOCH;
  private boolean filling;
  private final PublishingFlow flow =
      new PublishingFlow(
          new DriverManagerDataSource(), Duration.ofSeconds(30), () -> now, () -> filling);

  private void look(int second, Position mark, boolean waiting) {
    now = Instant.EPOCH.plusSeconds(second);
    flow.look(mark, waiting);
  }

  @Test
  void isStalledWhenSomethingWaitsAndNothingIsPublishedForLong() {
    look(0, FIRST, true);
    look(30, FIRST, true);
    assertThat(flow.isStalled()).isFalse();
    look(31, FIRST, true);
    assertThat(flow.isStalled()).isTrue();
    assertThat(flow.health().level()).isEqualTo(Level.DOWN);
  }

  @Test
  void isNotStalledWhileNothingWaits() {
    look(0, FIRST, false);
    look(100, FIRST, false);
    look(101, FIRST, true);
    assertThat(flow.isStalled()).isFalse();
    assertThat(flow.health().level()).isEqualTo(Level.UP);
  }

  @Test
  void isNotStalledWhileSomethingIsPublished() {
    look(0, FIRST, true);
    look(29, SECOND, true);
    look(58, SECOND, true);
    assertThat(flow.isStalled()).isFalse();
    look(60, SECOND, true);
    assertThat(flow.isStalled()).isTrue();
    look(61, SECOND, false);
    assertThat(flow.isStalled()).isFalse();
  }

  @Test
  void isNotStalledWhileKafkaIsFilledAnew() {
    filling = true;
    look(0, FIRST, true);
    look(60, FIRST, true);
    assertThat(flow.isStalled()).isFalse();
    filling = false;
    look(91, FIRST, true);
    assertThat(flow.isStalled()).isTrue();
  }
}
