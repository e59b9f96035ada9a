package dev.slipway.command.service;

import dev.slipway.model.Secret;
import dev.slipway.model.account.AccessKey;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.account.AccountEvent.TokenGranted;
import dev.slipway.model.account.AccountEvent.TokenRevoked;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.AttributesSet;
import dev.slipway.model.service.ServiceEvent.ContainerGone;
import dev.slipway.model.service.ServiceEvent.ContainerObserved;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRequest;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.OperationEvent;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives each container of a service with the role {@code global} a login of its own, which ends
 * with it. What is drawn at random is no part of a decision, so it is put into the events after it.
 */
final class ContainerLogins {

  private static final String VARIABLE = "DOCKERCLOUD_AUTH";

  /** The whole value is what such a container sends as its Authorization header. */
  private static final String SCHEME = "TutumAccessKey ";

  private ContainerLogins() {}

  /** The event, with a login if a container is placed that is to have one. */
  static ServiceEvent with(ServiceEvent event, Service service) {
    if (!(event instanceof ContainerPlaced placed)
        || !service.definitions().current().get(Attributes.ROLES).contains("global")) {
      return event;
    }
    var variables = new ArrayList<>(placed.variables());
    var login = new Secret(SCHEME + AccessKey.draw().reveal());
    variables.add(new EnvironmentVariable(VARIABLE, login));
    return placed.withVariables(variables);
  }

  /**
   * What the event means for who may log in.
   *
   * @param before the service before the event
   */
  static Optional<AccountEvent> following(ServiceEvent event, Service before) {
    return switch (event) {
      case ContainerPlaced placed ->
          key(placed.variables())
              .map(
                  key -> new TokenGranted(placed.container(), before.namespace(), KeyHash.of(key)));
      case ContainerGone gone -> revoked(gone.container(), before);
      case AttributesSet _, OperationEvent _, TriggerCreated _, TriggerDeleted _ ->
          Optional.empty();
      case PlacementRefused _, ContainerRequest _, ContainerObserved _ -> Optional.empty();
      case FleetResized _, ServiceTerminated _ -> Optional.empty();
    };
  }

  private static Optional<AccountEvent> revoked(ContainerId id, Service before) {
    return before
        .fleet()
        .find(id)
        .map(Container::variables)
        .flatMap(ContainerLogins::key)
        .map(_ -> new TokenRevoked(id));
  }

  private static Optional<Secret> key(List<EnvironmentVariable> variables) {
    return variables.stream()
        .filter(variable -> variable.key().equals(VARIABLE))
        .map(variable -> variable.value().reveal())
        .filter(value -> value.startsWith(SCHEME))
        .map(value -> new Secret(value.substring(SCHEME.length())))
        .findFirst();
  }
}
