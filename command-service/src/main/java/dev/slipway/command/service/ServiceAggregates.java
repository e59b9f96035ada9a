package dev.slipway.command.service;

import dev.slipway.command.store.AxonOnPostgres;
import dev.slipway.model.service.ServiceCommand;
import org.axonframework.config.Configurer;
import org.axonframework.modelling.command.AnnotationCommandTargetResolver;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** Makes services known to Axon. */
public final class ServiceAggregates {

  private static final CommandTargetResolver ANNOTATED =
      AnnotationCommandTargetResolver.builder().build();

  /** Axon looks for annotations with each command, in all its fields and methods: we know. */
  private static final CommandTargetResolver TARGETS =
      message ->
          message.getPayload() instanceof ServiceCommand command
              ? new VersionedAggregateIdentifier(command.serviceId(), null)
              : ANNOTATED.resolveTarget(message);

  private ServiceAggregates() {}

  public static void register(AxonOnPostgres axon, Configurer configurer) {
    var services = axon.aggregate(ServiceAggregate.class);
    var _ = configurer.configureAggregate(services.configureCommandTargetResolver(_ -> TARGETS));
    var _ = configurer.registerCommandHandler(_ -> new RefusedActions());
    var _ =
        configurer.registerCommandHandler(
            built -> new DryRuns(() -> built.repository(ServiceAggregate.class)));
  }
}
