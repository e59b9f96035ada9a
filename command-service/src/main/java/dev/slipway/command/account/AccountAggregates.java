package dev.slipway.command.account;

import dev.slipway.command.store.AxonOnPostgres;
import org.axonframework.config.Configurer;

/** Makes users and organisations known to Axon. */
public final class AccountAggregates {

  private AccountAggregates() {}

  public static void register(AxonOnPostgres axon, Configurer configurer) {
    var _ = configurer.configureAggregate(axon.aggregate(AccountAggregate.class));
  }
}
