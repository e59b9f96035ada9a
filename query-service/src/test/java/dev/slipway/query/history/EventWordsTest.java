package dev.slipway.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.container.ContainerCondition;
import dev.slipway.model.container.ContainerHealth;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.Restart;
import dev.slipway.model.service.ServiceEvent.ContainerConditionChanged;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceId;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventWordsTest {

  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");

  @Test
  void sayHowAContainerEndedThatIsStartedAgain() {
    var restart = new Restart(137, true, 1);
    var event =
        new ContainerStarted(
            WEB, ContainerId.of(WEB, 1, 1), "e1", null, List.of(), restart, null, null);
    assertThat(EventWords.of(event, _ -> "web-1"))
        .isEqualTo(
            "web-1 ended with exit code 137, out of memory, and its restart policy starts it"
                + " again");
  }

  private static String words(ContainerCondition condition) {
    var event = new ContainerConditionChanged(WEB, ContainerId.of(WEB, 1, 1), condition);
    return EventWords.of(event, _ -> "web-1");
  }

  @Test
  void describeWhatANodeReportsOfAContainer() {
    assertThat(words(ContainerCondition.NONE))
        .isEqualTo("web-1 has run for long enough to count as running");
    assertThat(words(ContainerCondition.NONE.waitingFor("pulling image demo/hello")))
        .isEqualTo("web-1 waits: pulling image demo/hello");
    var health = new ContainerHealth(ContainerHealth.Status.UNHEALTHY, "no answer");
    assertThat(words(new ContainerCondition(false, null, health, true)))
        .isEqualTo("web-1 is paused; is unhealthy by the health check of its image: no answer");
  }

  @Test
  void inventNoExitCode() {
    var event = new ContainerExited(WEB, ContainerId.of(WEB, 1, 1), null, false, null, null, null);
    assertThat(EventWords.of(event, _ -> "web-1")).isEqualTo("web-1 does not run");
  }
}
