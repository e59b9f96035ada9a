package dev.slipway.command.api;

import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.ledger.ServiceReferences;
import dev.slipway.command.ledger.ServiceReferences.LinkFrom;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.service.CommandRejected;
import dev.slipway.command.service.HostRules;
import dev.slipway.command.service.RefusedActions.RecordRefusal;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Uuids;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.api.Environment;
import dev.slipway.model.api.EnvironmentJson;
import dev.slipway.model.api.ReadModel;
import dev.slipway.model.api.ReadModel.Applied;
import dev.slipway.model.api.ReadModel.View;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.api.ServiceLinks;
import dev.slipway.model.api.ServiceResource;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLink;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * Sends a client's command and answers it: with the service once the views show what the command
 * did, or with the refusal. Either way the answer names the action that was left.
 */
final class Answers {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final String ACTION_URI = "X-DockerCloud-Action-URI";

  private final Commands commands;
  private final ReadModel readModel;
  private final ServiceResource resource;
  private final ServiceReferences references;
  private final Foresight foresight;
  private final HostRules rules;
  private final Environment environment;

  Answers(
      Commands commands,
      ReadModel readModel,
      ServiceResource resource,
      ServiceReferences references,
      LedgerReader ledger,
      HostRules rules,
      Environment environment) {
    this.environment = environment;
    this.rules = rules;
    this.commands = commands;
    this.readModel = readModel;
    this.resource = resource;
    this.references = references;
    this.foresight = new Foresight(commands, ledger, rules, this::render);
  }

  /** A request that sets attributes of the service. */
  static Asked askedToSet(Caller caller, String name, ServiceId service, RequestBody body) {
    return asked(
        caller, name, ResourceUri.of(caller.namespace(), service), body, UnknownKeys.OF_SERVICES);
  }

  static Asked asked(Caller caller, String name, ServiceId service, RequestBody body) {
    return asked(
        caller, name, ResourceUri.of(caller.namespace(), service), body, UnknownKeys.OF_OPERATIONS);
  }

  /**
   * @param object the resource URI of what is asked
   * @param known the fields that the body may have; others leave a warning
   */
  static Asked asked(
      Caller caller, String name, String object, RequestBody body, UnknownKeys known) {
    return new Asked(
        new ActionId(Uuids.random()),
        new ActionRequest(
            caller.namespace(),
            name,
            object,
            caller.method(),
            caller.path(),
            body.recorded(),
            caller.origin(),
            body.unknown(known)),
        caller.ifMatch());
  }

  /**
   * @param command made here, so that what is wrong in its content leaves an action too
   */
  ResponseEntity<?> to(
      HttpStatus success,
      Asked asked,
      HttpServletRequest request,
      Supplier<ServiceCommand> command) {
    return to(success, asked, request, command, null);
  }

  /**
   * What is shown in place of the service.
   *
   * @param besides what the views must show besides the service and the action
   */
  record Shown(Map<String, @Nullable Object> json, List<Applied> besides) {}

  /**
   * @param instead what to answer, null for the service
   */
  ResponseEntity<?> to(
      HttpStatus success,
      Asked asked,
      HttpServletRequest request,
      Supplier<ServiceCommand> command,
      @Nullable Function<Service, Shown> instead) {
    if (DryRunFlag.isSet(request)) {
      StrictFlag.check(request, asked);
      return foresight.foresee(asked, command);
    }
    try {
      StrictFlag.check(request, asked);
      var wish = command.get();
      var service = (Service) Objects.requireNonNull(commands.send(wish, wish.serviceId(), asked));
      return accepted(success, service, asked, request, instead, rules.warnings(wish));
    } catch (CommandRejected rejected) {
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

  private ResponseEntity<?> accepted(
      HttpStatus status,
      Service service,
      Asked asked,
      HttpServletRequest request,
      @Nullable Function<Service, Shown> instead,
      List<String> warnings) {
    var shown = instead == null ? null : instead.apply(service);
    var answer = ResponseEntity.status(status).header(ACTION_URI, ResourceUri.of(asked.action()));
    Warnings.write(answer, warnings, asked.request().warnings());
    var wanted = new ArrayList<Applied>();
    wanted.add(new Applied(View.SERVICE, service.id().value(), service.version()));
    wanted.add(new Applied(View.ACTION, asked.action().value(), lastEvent(asked, service)));
    if (shown == null) {
      answer.eTag(Long.toString(service.version()));
    } else {
      wanted.addAll(shown.besides());
    }
    if (!"respond-async".equals(request.getHeader("Prefer")) && !await(wanted)) {
      answer.header("Slipway-Read-Model", "behind");
    }
    return answer.body(shown == null ? render(service) : shown.json());
  }

  /** An action whose work was over at once has its end as a second event. */
  private static long lastEvent(Asked asked, Service service) {
    var last = service.activity().last();
    return last != null && last.operation().id().equals(asked.action()) ? 1 : 0;
  }

  private Map<String, @Nullable Object> render(Service service) {
    boolean isNew = service.version() == 0; // nobody knows its uuid yet
    var links =
        (isNew ? List.<LinkFrom>of() : references.linksTo(service.id()))
            .stream()
                .map(
                    link ->
                        ServiceLinks.render(
                            service.namespace(),
                            link.service(),
                            new ServiceLink(service.id(), link.name())))
                .toList();
    var json =
        resource.render(service, links, to -> references.find(service.namespace(), to).isPresent());
    json.put(
        "calculated_envvars",
        environment.calculated(service).stream().map(EnvironmentJson::of).toList());
    json.put("link_variables", EnvironmentJson.texts(environment.linkVariables(service)));
    return json;
  }

  private ResponseEntity<?> refused(HttpStatus status, Asked asked, RuntimeException refusal) {
    return refused(status, asked, Objects.requireNonNullElse(refusal.getMessage(), "refused"));
  }

  /** Refuses what cannot be done in the present state. */
  ResponseEntity<?> conflict(Asked asked, String message) {
    return refused(HttpStatus.CONFLICT, asked, message);
  }

  private ResponseEntity<?> refused(HttpStatus status, Asked asked, String message) {
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
