package dev.slipway.command.stack;

import dev.slipway.command.store.AxonOnPostgres;
import org.axonframework.config.Configurer;

/** Makes stacks known to Axon. */
public final class StackAggregates {

  private StackAggregates() {}

  public static void register(AxonOnPostgres axon, Configurer configurer, StackLedger ledger) {
    var _ =
        configurer
            .registerComponent(StackLedger.class, _ -> ledger)
            .configureAggregate(axon.aggregate(StackAggregate.class));
  }
}
