package dev.slipway.command.account;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.command.account.AccountCommand.AddMember;
import dev.slipway.command.account.AccountCommand.ChangePolicy;
import dev.slipway.command.account.AccountCommand.ChangeQuotas;
import dev.slipway.command.account.AccountCommand.CloseSession;
import dev.slipway.command.account.AccountCommand.CreateApiKey;
import dev.slipway.command.account.AccountCommand.CreateNodeToken;
import dev.slipway.command.account.AccountCommand.CreateOrganisation;
import dev.slipway.command.account.AccountCommand.CreateUser;
import dev.slipway.command.account.AccountCommand.DeleteUser;
import dev.slipway.command.account.AccountCommand.ExtendSession;
import dev.slipway.command.account.AccountCommand.OpenSession;
import dev.slipway.command.account.AccountCommand.RemoveMember;
import dev.slipway.command.account.AccountCommand.RemoveRegistryLogin;
import dev.slipway.command.account.AccountCommand.RevokeApiKey;
import dev.slipway.command.account.AccountCommand.SetRegistryLogin;
import dev.slipway.model.Namespace;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionState;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Ties {@link AccountDecider} to Axon, and decides nothing itself. Users and organisations are of
 * one type: that no two have one name is then the event store's own rule. Each answer is the
 * version of the account.
 */
@AggregateRoot(type = AccountAggregate.TYPE)
@Revision("1")
class AccountAggregate {

  static final String TYPE = "Account";

  @AggregateIdentifier @JsonProperty private @Nullable Namespace id;
  @JsonProperty private @Nullable AccountState state;

  AccountAggregate() {}

  @CommandHandler
  @CreationPolicy(CREATE_IF_MISSING)
  long handle(CreateUser command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  long handle(DeleteUser command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  @CreationPolicy(CREATE_IF_MISSING)
  long handle(CreateOrganisation command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  long handle(AddMember command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  long handle(RemoveMember command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  @CreationPolicy(CREATE_IF_MISSING)
  long handle(CreateApiKey command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  @CreationPolicy(CREATE_IF_MISSING)
  long handle(CreateNodeToken command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  @CreationPolicy(CREATE_IF_MISSING)
  long handle(ChangePolicy command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  @CreationPolicy(CREATE_IF_MISSING)
  long handle(ChangeQuotas command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  @CreationPolicy(CREATE_IF_MISSING)
  long handle(OpenSession command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  long handle(ExtendSession command) {
    SessionDecider.extended(command, state).forEach(AggregateLifecycle::apply);
    return AggregateLifecycle.getVersion();
  }

  @CommandHandler
  long handle(CloseSession command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  long handle(RevokeApiKey command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  @CreationPolicy(CREATE_IF_MISSING)
  long handle(SetRegistryLogin command, EventStore events) {
    return decide(command, events);
  }

  @CommandHandler
  long handle(RemoveRegistryLogin command, EventStore events) {
    return decide(command, events);
  }

  private long decide(AccountCommand command, EventStore events) {
    var decided = AccountDecider.decide(command, state);
    var asked = command.asked();
    var taken = new ActionTaken(asked.action(), asked.request(), ActionState.SUCCESS, null);
    events.publish(new GenericDomainEventMessage<>("Action", asked.action().value(), 0, taken));
    decided.forEach(AggregateLifecycle::apply);
    return AggregateLifecycle.getVersion();
  }

  @EventSourcingHandler
  void on(AccountEvent event) {
    id = new Namespace(event.subject());
    state = AccountState.evolve(state, event);
  }
}
