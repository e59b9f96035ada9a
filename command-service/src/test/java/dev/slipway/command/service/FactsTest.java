package dev.slipway.command.service;

import static dev.slipway.command.service.Given.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.container.Restart;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import org.junit.jupiter.api.Test;

/** What is kept of a container that its Engine starts again and again. */
class FactsTest {

  private final Given running = Given.running(1);

  @Test
  void rememberHowItEndedAndItsAddressWhileItGoesOnRunning() {
    var container = running.container(1);
    var restarted = Given.report(Given.restarts(container, 3));
    assertThat(running.when(restarted))
        .containsExactly(
            new ContainerStarted(
                WEB,
                container.id(),
                "engine-" + container.id(),
                container.runtime().ipAddress(),
                container.runtime().ports(),
                new Restart(3, false, null),
                null,
                null));
    var after = running.after(restarted).container(1);
    assertThat(after.phase()).isEqualTo(container.phase());
    assertThat(after.runtime().ended()).isNotNull();
    assertThat(after.runtime().ended().exitCode()).isEqualTo(3);
  }

  @Test
  void sayNothingTwiceOfTheSameEnd() {
    var after = running.after(Given.report(Given.restarts(running.container(1), 3)));
    var container = after.container(1);
    assertThat(after.when(Given.report(Given.restarts(container, 3)))).isEmpty();
    assertThat(after.when(Given.report(Given.runs(container)))).isEmpty();
    assertThat(after.when(Given.report(Given.restarts(container, 4)))).hasSize(1);
  }

  @Test
  void tellAnewOfTwiceAsManyRestarts() {
    var after = running.after(Given.report(Given.restarts(running.container(1), 3, 3)));
    var container = after.container(1);
    assertThat(container.runtime().restarts()).isEqualTo(3);
    assertThat(after.when(Given.report(Given.restarts(container, 3, 5)))).isEmpty();
    var later = after.after(Given.report(Given.restarts(container, 3, 6)));
    assertThat(later.container(1).runtime().restarts()).isEqualTo(6);
  }

  @Test
  void countRestartsThatAreToldWithoutTheirNumber() {
    var once = running.after(Given.report(Given.restarts(running.container(1), 3)));
    assertThat(once.container(1).runtime().restarts()).isEqualTo(1);
    var twice = once.after(Given.report(Given.restarts(once.container(1), 4)));
    assertThat(twice.container(1).runtime().restarts()).isEqualTo(2);
  }

  @Test
  void forgetItWhenItIsStartedAnew() {
    var crashed = running.after(Given.report(Given.restarts(running.container(1), 3)));
    var anew = crashed.after(Given.stop()).exits(1, 0).after(Given.start()).allRun();
    assertThat(crashed.container(1).runtime().restarts()).isEqualTo(1);
    assertThat(anew.container(1).runtime().ended()).isNull();
    assertThat(anew.container(1).runtime().restarts()).isZero();
  }
}
