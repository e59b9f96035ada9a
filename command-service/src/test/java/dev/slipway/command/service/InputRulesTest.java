package dev.slipway.command.service;

import static dev.slipway.command.service.Given.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of today hold for what is asked today, wherever the asked value comes from. */
class InputRulesTest {

  private static final ServiceDefinition TOO_LITTLE =
      ServiceDefinition.restore(Map.of("memory", 1));

  @Test
  void aValueOfAnEarlierVersionIsRefusedInANewDefinition() {
    var create =
        new CreateService(WEB, Given.asked(), Given.create(1).definition().with(TOO_LITTLE));
    assertThatThrownBy(() -> Given.nothing().when(create))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("memory must be at least 6 (got 1)");
  }

  @Test
  void aValueOfAnEarlierVersionIsRefusedInAChange() {
    var update = new UpdateService(WEB, Given.asked(), TOO_LITTLE);
    assertThatThrownBy(() -> Given.created(1).when(update))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("memory must be at least 6 (got 1)");
  }

  @Test
  void aValueThatIsThereAlreadyIsNoReasonToRefuseAnotherChange() {
    var definition = Given.create(1).definition().with(TOO_LITTLE);
    var created = new ServiceCreated(WEB, new Namespace("admin"), definition, null);
    var service = Service.evolve(null, created, Instant.EPOCH);
    var events =
        ServiceDecider.decide(
            Given.update("tty", true),
            service,
            _ -> {
              throw new AssertionError("a change places nothing");
            },
            Instant.EPOCH);
    assertThat(events).hasSize(1);
  }
}
