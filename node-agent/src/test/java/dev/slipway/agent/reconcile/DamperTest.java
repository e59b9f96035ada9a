package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Found.End;
import dev.slipway.agent.engine.Found.Restarts;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.Restart;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DamperTest {

  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  private static final ContainerId ONE = ContainerId.of(WEB, 1, 1);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Damper damper = new Damper(() -> NOW);

  private static Found found(@Nullable Restarts restarts) {
    var labels =
        new Found.Labels(ONE, WEB, new NodeId("0a000000-0000-4000-8000-00000000000a"), "web-1");
    return new Found(labels, "e1", Found.State.RUNNING, null, List.of(), null, restarts);
  }

  private static Found waiting(int exitCode) {
    return waiting(exitCode, 1);
  }

  private static Found waiting(int exitCode, int times) {
    return found(new Restarts(times, null, new End(exitCode, false, null, NOW)));
  }

  private static Found running(Duration time) {
    return found(new Restarts(1, NOW.minus(time), null));
  }

  @Test
  void letsWhatWasNeverRestartedPass() {
    assertThat(damper.wait(ONE, found(null))).isZero();
    assertThat(damper.news(ONE, found(null))).isNull();
  }

  @Test
  void tellsOfTheFirstOfManyRestarts() {
    assertThat(damper.news(ONE, waiting(1))).isEqualTo(new Restart(1, false, 1));
    assertThat(damper.news(ONE, waiting(1))).isNull();
    assertThat(damper.wait(ONE, waiting(1))).isPositive();
  }

  @Test
  void tellsOfTheSecondRestartWhichMakesANewContainerAFailure() {
    assertThat(damper.news(ONE, waiting(1))).isNotNull();
    assertThat(damper.news(ONE, waiting(1, 2))).isEqualTo(new Restart(1, false, 2));
    assertThat(damper.news(ONE, waiting(1, 3))).isNull();
  }

  @Test
  void tellsAgainOfTenTimesAsManyRestarts() {
    assertThat(damper.news(ONE, waiting(1, 2))).isEqualTo(new Restart(1, false, 2));
    assertThat(damper.news(ONE, waiting(1, 19))).isNull();
    assertThat(damper.news(ONE, waiting(1, 20))).isEqualTo(new Restart(1, false, 20));
    assertThat(damper.news(ONE, waiting(1, 21))).isNull();
  }

  @Test
  void waitsUntilItHasRunForFiveSecondsAndThenTellsOfTheNextOne() {
    assertThat(damper.news(ONE, waiting(1))).isNotNull();
    assertThat(damper.wait(ONE, running(Duration.ofSeconds(2)))).isEqualTo(Duration.ofSeconds(3));
    assertThat(damper.news(ONE, waiting(1))).isNull();
    assertThat(damper.wait(ONE, running(Duration.ofSeconds(5)))).isZero();
    assertThat(damper.news(ONE, waiting(2))).isEqualTo(new Restart(2, false, 1));
  }
}
