package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.EngineRefused;
import dev.slipway.agent.engine.FakeEngine;
import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.HealthCheck;
import dev.slipway.model.service.ServiceId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthGateTest {

  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  private static final Map<String, Object> CHECK =
      Map.of("type", "tcp", "port", 80, "interval", 10, "retries", 3);

  /** An Engine whose containers are as healthy as the test says, and that counts who asks. */
  private static final class Patient extends FakeEngine {
    Optional<String> problem = Optional.of("port 80: connection refused");
    int asked;

    @Override
    public Optional<String> problem(Found found, HealthCheck check, String net) {
      asked++;
      return problem;
    }
  }

  private final Patient engine = new Patient();
  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  private HealthGate gate() {
    return new HealthGate(engine, folder, () -> now);
  }

  private static Assignment with(Object... attributes) {
    return Samples.assignment(NODE, WEB, 1, Wanted.RUNNING, 1, attributes);
  }

  private static Found found(Assignment assignment) {
    return new Found(
        new Found.Labels(assignment.container(), WEB, NODE, "web-1"),
        "engine-1",
        Found.State.RUNNING,
        "10.0.0.1",
        List.of(),
        null);
  }

  private static Found ended(Assignment assignment) {
    var found = found(assignment);
    return new Found(
        found.labels(),
        found.engineId(),
        Found.State.EXITED,
        null,
        List.of(),
        new Found.End(1, false, null, Instant.EPOCH));
  }

  @Test
  void isOpenWhereNothingIsToBeChecked() {
    var plain = with();
    assertThat(gate().check(plain, found(plain))).isZero();
    assertThat(engine.asked).isZero();
  }

  @Test
  void opensOnceTheCheckIsPassedAndAsksNoMore() {
    var checked = with("health_check", CHECK);
    var gate = gate();
    assertThat(gate.check(checked, found(checked))).isEqualTo(Duration.ofSeconds(10));
    now = now.plusSeconds(10);
    engine.problem = Optional.empty();
    assertThat(gate.check(checked, found(checked))).isZero();
    engine.problem = Optional.of("gone");
    assertThat(gate.check(checked, found(checked))).isZero();
    assertThat(gate().check(checked, found(checked))).as("an agent begun again").isZero();
    assertThat(engine.asked).isEqualTo(2);
  }

  @Test
  void asksAnewAfterAnotherStart() {
    var checked = with("health_check", CHECK);
    engine.problem = Optional.empty();
    var gate = gate();
    assertThat(gate.check(checked, found(checked))).isZero();
    engine.problem = Optional.of("gone");
    var again = Samples.with(checked, Wanted.RUNNING, 2);
    assertThat(gate.check(again, found(again))).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void isNotAskedTwiceWithinTheInterval() {
    var checked = with("health_check", CHECK);
    var gate = gate();
    var _ = gate.check(checked, found(checked));
    now = now.plusSeconds(4);
    assertThat(gate.check(checked, found(checked))).isEqualTo(Duration.ofSeconds(6));
    assertThat(engine.asked).isEqualTo(1);
  }

  @Test
  void givesUpAtOnceWhatHasEndedBeforeItPassed() {
    var checked = with("health_check", CHECK);
    assertThatThrownBy(() -> gate().check(checked, ended(checked)))
        .isInstanceOfSatisfying(
            EngineRefused.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo("ended with exit code 1 before it passed its check"));
    assertThat(engine.asked).isZero();
  }

  @Test
  void saysNothingOfAnEndAfterItWasPassed() {
    var checked = with("health_check", CHECK);
    engine.problem = Optional.empty();
    var gate = gate();
    assertThat(gate.check(checked, found(checked))).isZero();
    assertThat(gate.check(checked, ended(checked))).isZero();
  }

  @Test
  void givesUpAfterAsManyFailuresAsAreAllowed() {
    var checked = with("health_check", CHECK);
    var gate = gate();
    for (int i = 0; i < 2; i++) {
      assertThat(gate.check(checked, found(checked))).isPositive();
      now = now.plusSeconds(10);
    }
    assertThatThrownBy(() -> gate.check(checked, found(checked)))
        .isInstanceOfSatisfying(
            EngineRefused.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo("not healthy after 3 checks: port 80: connection refused"));
  }
}
