package dev.slipway.command.stack;

import dev.slipway.command.api.DryRunFlag;
import dev.slipway.command.api.RequestBody;
import dev.slipway.command.api.StrictFlag;
import dev.slipway.command.api.Warnings;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.service.HostRules;
import dev.slipway.command.service.RefusedActions.RecordRefusal;
import dev.slipway.command.stack.StackCommand.CreateStack;
import dev.slipway.command.stack.StackCommand.EndStackOperation;
import dev.slipway.command.stack.StackCommand.OperateStack;
import dev.slipway.command.stack.StackCommand.UpdateStack;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Uuids;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.api.ReadModel;
import dev.slipway.model.api.ReadModel.Applied;
import dev.slipway.model.api.ReadModel.View;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.api.StackResource;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.stack.DefinedService;
import dev.slipway.model.stack.Stack;
import dev.slipway.model.stack.StackId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * Sends a wish about a stack and answers it with the whole stack, once its services have been asked
 * and the views show it. Either way the answer names the action that was left.
 */
final class StackAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(StackAnswers.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** As many as an URL to the query side has room for. */
  private static final int MOST_AWAITED = 100;

  private static final String ACTION_URI = "X-DockerCloud-Action-URI";

  private final Commands commands;
  private final ReadModel readModel;
  private final StackKeeper keeper;
  private final StackLedger ledger;
  private final EventStore events;
  private final HostRules rules;
  private final StackDryRuns dryRuns;

  StackAnswers(
      Commands commands,
      ReadModel readModel,
      StackKeeper keeper,
      StackLedger ledger,
      EventStore events,
      HostRules rules,
      StackDryRuns dryRuns) {
    this.commands = commands;
    this.readModel = readModel;
    this.keeper = keeper;
    this.ledger = ledger;
    this.events = events;
    this.rules = rules;
    this.dryRuns = dryRuns;
  }

  /**
   * Judges a service of a stack before it is asked: the stack is taken as a whole or not at all.
   */
  StackBody.Check rules(Caller caller) {
    return definition -> rules.check(caller.namespace(), definition);
  }

  /**
   * @param warnings of what has no effect in the body
   */
  Asked asked(Caller caller, String name, StackId stack, RequestBody body, List<String> warnings) {
    return new Asked(
        new ActionId(Uuids.random()),
        new ActionRequest(
            caller.namespace(),
            name,
            ResourceUri.of(caller.namespace(), stack),
            caller.method(),
            caller.path(),
            body.recorded(Stackfile.fields()),
            caller.origin(),
            warnings),
        caller.ifMatch());
  }

  /**
   * @param command made here, so that what is wrong in its content leaves an action too
   */
  ResponseEntity<?> to(
      HttpStatus success, Asked asked, HttpServletRequest request, Supplier<StackCommand> command) {
    if (DryRunFlag.isSet(request)) {
      StrictFlag.check(request, asked);
      return foreseen(asked, command);
    }
    try {
      StrictFlag.check(request, asked);
      var wish = command.get();
      var stack = (Stack) Objects.requireNonNull(commands.send(wish, wish.stackId(), asked));
      askServices(asked.action());
      return accepted(success, stack, asked, request, dangers(wish));
    } catch (StackRejected rejected) {
      return switch (rejected.reason()) {
        case NOT_FOUND -> throw notFound(asked);
        case MOVED -> refused(HttpStatus.PRECONDITION_FAILED, asked, rejected);
        case INVALID_STATE -> refused(HttpStatus.CONFLICT, asked, rejected);
        case INVALID_CHANGE -> refused(HttpStatus.BAD_REQUEST, asked, rejected);
      };
    } catch (AggregateNotFoundException missing) {
      throw notFound(asked);
    } catch (InvalidInput invalid) {
      return refused(HttpStatus.BAD_REQUEST, asked, invalid);
    }
  }

  private ResponseEntity<?> foreseen(Asked asked, Supplier<StackCommand> command) {
    try {
      var wish = command.get();
      return dryRuns.answer(asked, wish, dangers(wish));
    } catch (StackRejected rejected) {
      var message = String.valueOf(rejected.getMessage());
      throw switch (rejected.reason()) {
        case NOT_FOUND -> notFound(asked);
        case MOVED -> new ApiFailure(HttpStatus.PRECONDITION_FAILED, message);
        case INVALID_STATE -> new ApiFailure(HttpStatus.CONFLICT, message);
        case INVALID_CHANGE -> new ApiFailure(HttpStatus.BAD_REQUEST, message);
      };
    }
  }

  /** What fails here the keeper does in its next round: the stack has been answered for. */
  private void askServices(ActionId action) {
    try {
      keeper.send(action);
    } catch (ConcurrencyException lostRace) {
      LOG.debug("Another process asks the services of a stack: action {}", action, lostRace);
    } catch (RuntimeException failure) {
      LOG.warn("The services of a stack are asked later: action {}", action, failure);
    }
  }

  private ResponseEntity<?> accepted(
      HttpStatus status,
      Stack stack,
      Asked asked,
      HttpServletRequest request,
      List<String> dangers) {
    var services = ledger.inventory(stack.id(), events).services();
    var answer =
        ResponseEntity.status(status)
            .eTag(Long.toString(stack.version()))
            .header(ACTION_URI, ResourceUri.of(asked.action()));
    Warnings.write(answer, dangers, asked.request().warnings());
    if (!"respond-async".equals(request.getHeader("Prefer"))
        && !await(shown(stack, services, asked))) {
      answer.header("Slipway-Read-Model", "behind");
    }
    return answer.body(StackResource.render(stack, services));
  }

  /** What the services ask of hosts that the policy warns of. */
  private List<String> dangers(StackCommand command) {
    return switch (command) {
      case CreateStack create -> dangers(create.asked(), create.services());
      case UpdateStack update -> dangers(update.asked(), update.services());
      case OperateStack _, EndStackOperation _ -> List.of();
    };
  }

  private List<String> dangers(Asked asked, List<DefinedService> services) {
    return services.stream()
        .map(DefinedService::definition)
        .flatMap(
            definition ->
                rules.warnings(asked.request().namespace(), definition).stream()
                    .map(text -> text + " (service %s)".formatted(definition.get(Attributes.NAME))))
        .toList();
  }

  private static List<Applied> shown(Stack stack, List<Service> services, Asked asked) {
    var wanted = new ArrayList<Applied>();
    wanted.add(new Applied(View.STACK, stack.id().value(), stack.version()));
    wanted.add(new Applied(View.ACTION, asked.action().value(), 0));
    services.stream()
        .limit(MOST_AWAITED)
        .forEach(one -> wanted.add(new Applied(View.SERVICE, one.id().value(), one.version())));
    return wanted;
  }

  private ResponseEntity<?> refused(HttpStatus status, Asked asked, RuntimeException refusal) {
    var message = Objects.requireNonNullElse(refusal.getMessage(), "refused");
    commands.send(new RecordRefusal(asked, message), asked.action(), asked);
    boolean _ = await(List.of(new Applied(View.ACTION, asked.action().value(), 0)));
    return ResponseEntity.status(status)
        .header(ACTION_URI, ResourceUri.of(asked.action()))
        .body(Map.of("error", message));
  }

  private boolean await(List<Applied> wanted) {
    return readModel.awaitApplied(wanted, LONGEST_WAIT);
  }

  private static ApiFailure notFound(Asked asked) {
    return ApiFailure.notFound(asked.request().object());
  }
}
