package dev.slipway.command.node;

import dev.slipway.command.store.AxonOnPostgres;
import org.axonframework.config.Configurer;

/** Makes nodes known to Axon. */
public final class NodeAggregates {

  private NodeAggregates() {}

  public static void register(AxonOnPostgres axon, Configurer configurer) {
    var _ = configurer.configureAggregate(axon.aggregate(NodeAggregate.class));
  }
}
