package dev.slipway.model.api;

import static dev.slipway.model.api.LinkVariablesTest.DB;
import static dev.slipway.model.api.LinkVariablesTest.ONE;
import static dev.slipway.model.api.LinkVariablesTest.created;
import static dev.slipway.model.api.LinkVariablesTest.fold;
import static dev.slipway.model.api.LinkVariablesTest.placed;
import static dev.slipway.model.api.LinkVariablesTest.variable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.container.ContainerCondition;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  private static List<EnvironmentVariable> shown(String url, @Nullable String gateway) {
    var condition = new ContainerCondition(false, null, null, false, gateway);
    var service =
        fold(
            created(),
            placed(1),
            new ContainerStarted(DB, ONE, "e1", "172.18.0.2", List.of(), null, condition, null));
    var container = service.fleet().containers().getFirst();
    return new Environment(new Addressing("example.org"), url).whole(service, container);
  }

  @Test
  void showsTheAddressOfTheApiThatTheContainerIsGiven() {
    assertThat(shown("http://localhost:8080", "172.18.0.1"))
        .contains(
            variable("DOCKERCLOUD_REST_HOST", "http://172.18.0.1:8080"),
            variable("DOCKERCLOUD_STREAM_HOST", "ws://172.18.0.1:8080"));
  }

  @Test
  void showsAnAddressThatContainersReachAsItIs() {
    assertThat(shown("http://api:8080", "172.18.0.1"))
        .contains(variable("DOCKERCLOUD_REST_HOST", "http://api:8080"));
  }

  @Test
  void showsTheHostsOwnAddressWithTheHostsNetwork() {
    assertThat(shown("http://localhost:8080", null))
        .contains(variable("DOCKERCLOUD_REST_HOST", "http://localhost:8080"));
  }
}
