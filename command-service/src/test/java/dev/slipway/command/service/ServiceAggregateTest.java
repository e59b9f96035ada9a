package dev.slipway.command.service;

import static dev.slipway.command.service.Given.WEB;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.Namespace;
import dev.slipway.model.service.ServiceCommand.ExpireOperation;
import dev.slipway.model.service.ServiceCommand.RetryPlacement;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

/** The decider of services, wired to Axon; with its actions it is tested on a real store. */
class ServiceAggregateTest {

  private final AggregateTestFixture<ServiceAggregate> axon =
      new AggregateTestFixture<>(ServiceAggregate.class);

  ServiceAggregateTest() {
    Cluster.Source noNodes = _ -> new Cluster(Map.of());
    axon.registerInjectableResource(noNodes);
    VolumeUsers nobody = _ -> List.of();
    axon.registerInjectableResource(nobody);
  }

  private static ServiceCreated created() {
    return new ServiceCreated(WEB, new Namespace("admin"), Given.create(1).definition(), null);
  }

  @Test
  void takesCommandsThatFollowFromItsEvents() {
    axon.given(created()).when(new RetryPlacement(WEB)).expectNoEvents();
    axon.given(created()).when(new ExpireOperation(WEB, Given.asked().action())).expectNoEvents();
  }

  @Test
  void isNotMadeByACommandThatNeedsIt() {
    axon.givenNoPriorActivity()
        .when(new RetryPlacement(WEB))
        .expectException(AggregateNotFoundException.class);
  }
}
