package dev.slipway.command.messaging;

import dev.slipway.command.store.AxonOnPostgres;
import dev.slipway.command.store.EventNotStored;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.action.Origin;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.wire.MetadataKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.eventsourcing.IncompatibleAggregateException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/** Sends commands; one that lost a race against another is sent again, on the new state. */
public final class Commands {

  private static final int MOST_TRIES = 10;

  private final CommandBus bus;
  private final AggregateLocks locks;
  private final WriteGate gate;

  public Commands(CommandBus bus, AggregateLocks locks) {
    this(bus, locks, WriteGate.OPEN);
  }

  public Commands(CommandBus bus, AggregateLocks locks, WriteGate gate) {
    this.bus = bus;
    this.locks = locks;
    this.gate = gate;
  }

  /**
   * Sends what a user asks of a service or an action.
   *
   * @param aggregate the uuid of what is asked
   */
  public @Nullable Object send(Object command, Object aggregate, Asked asked) {
    gate.check(aggregate.toString());
    return send(command, aggregate, metadata(asked));
  }

  /**
   * Sends what a part of Slipway asks by itself.
   *
   * @param aggregate the uuid of what is asked
   */
  public @Nullable Object send(Object command, Object aggregate, String part) {
    return send(command, aggregate, Map.of(MetadataKeys.USER, part));
  }

  private @Nullable Object send(Object command, Object aggregate, Map<String, String> metadata) {
    for (int attempt = 1; ; attempt++) {
      boolean likelyNew = attempt == 1 && command instanceof CreateService;
      var told = likelyNew ? ofNew(aggregate, metadata) : metadata;
      try {
        return locks.locked(aggregate.toString(), () -> sendOnce(command, told));
      } catch (ConcurrencyException lostRace) {
        if (attempt == MOST_TRIES) {
          throw lostRace;
        }
      }
    }
  }

  private static Map<String, String> ofNew(Object aggregate, Map<String, String> metadata) {
    var told = new HashMap<>(metadata);
    told.put(AxonOnPostgres.NEW_AGGREGATE, aggregate.toString());
    return told;
  }

  private @Nullable Object sendOnce(Object command, Map<String, String> metadata) {
    var message = GenericCommandMessage.asCommandMessage(command).andMetaData(metadata);
    var answer = new FutureCallback<Object, Object>();
    bus.dispatch(message, answer);
    var result = answer.getResult();
    if (!result.isExceptional()) {
      return result.getPayload();
    }
    throw unwrapped(result.exceptionResult());
  }

  private static RuntimeException unwrapped(Throwable failure) {
    return switch (failure) {
      case CommandExecutionException wrapper when wrapper.getCause() != null ->
          unwrapped(wrapper.getCause());
      case IncompatibleAggregateException other ->
          new AggregateNotFoundException("", "This uuid is that of another kind of thing", other);
      case EventNotStored refused -> new InvalidInput("request", refused.rule());
      case RuntimeException runtime -> runtime;
      default -> new CompletionException(failure);
    };
  }

  private static Map<String, String> metadata(Asked asked) {
    var metadata = new HashMap<String, String>();
    Origin origin = asked.request().origin();
    metadata.put(MetadataKeys.ACTION, asked.action().value());
    metadata.put(MetadataKeys.USER, origin.user());
    metadata.put(MetadataKeys.IP, origin.ip());
    metadata.put(MetadataKeys.USER_AGENT, origin.userAgent());
    if (origin.reason() != null) {
      metadata.put(MetadataKeys.REASON, origin.reason());
    }
    return metadata;
  }
}
