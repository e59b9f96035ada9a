package dev.slipway.command.service;

import dev.slipway.command.store.AxonOnPostgres;
import org.axonframework.config.Configurer;

/** Makes services known to Axon. */
public final class ServiceAggregates {

  private ServiceAggregates() {}

  public static void register(AxonOnPostgres axon, Configurer configurer) {
    var _ = configurer.configureAggregate(axon.aggregate(ServiceAggregate.class));
    var _ = configurer.registerCommandHandler(_ -> new RefusedActions());
    var _ =
        configurer.registerCommandHandler(
            built -> new DryRuns(() -> built.repository(ServiceAggregate.class)));
  }
}
