package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Namespace;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoundTest {

  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");

  private static String engineName(@Nullable String stack) {
    var container = ContainerId.of(WEB, 1, 1);
    var spec =
        new ContainerSpec(
            new Namespace("admin"),
            "web-1",
            1,
            1,
            stack,
            ServiceDefinition.read(Map.of("image", "demo/hello", "name", "web")),
            List.of(),
            null,
            List.of(),
            List.of());
    return Found.engineName(spec, container)
        .replace(container.value().substring(0, 8), "SHORT-UUID");
  }

  /** Fault 24. */
  @Test
  void theNameOnTheEngineHasTheStackBetweenContainerAndUuid() {
    assertThat(engineName("shop")).isEqualTo("web-1.shop.SHORT-UUID");
    assertThat(engineName(null)).isEqualTo("web-1.SHORT-UUID");
  }
}
