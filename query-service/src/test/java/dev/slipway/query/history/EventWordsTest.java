package dev.slipway.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.Restart;
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
        new ContainerStarted(WEB, ContainerId.of(WEB, 1, 1), "e1", null, List.of(), restart);
    assertThat(EventWords.of(event, _ -> "web-1"))
        .isEqualTo(
            "web-1 ended with exit code 137, out of memory, and its restart policy starts it"
                + " again");
  }
}
