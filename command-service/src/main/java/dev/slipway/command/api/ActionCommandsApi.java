package dev.slipway.command.api;

import com.google.re2j.Pattern;
import dev.slipway.command.history.ActionLog;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.Uuids;
import dev.slipway.model.account.Role;
import dev.slipway.model.action.Action;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.api.ActionResource;
import dev.slipway.model.api.ReadModel.Applied;
import dev.slipway.model.api.ReadModel.View;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceCommand.CancelOperation;
import dev.slipway.model.service.ServiceId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked of actions: to give one up, or to do the same once more. */
@RestController
@TakesDryRun
@RequestMapping("/api/audit/v1/action/{uuid}")
final class ActionCommandsApi {

  private static final Pattern SERVICE = Pattern.compile("/api/app/v1/[^/]+/service/([^/]+)/");

  private final ActionLog actions;
  private final LedgerReader ledger;
  private final Answers answers;
  private final Repeater repeater;

  ActionCommandsApi(ActionLog actions, LedgerReader ledger, Answers answers, Repeater repeater) {
    this.actions = actions;
    this.ledger = ledger;
    this.answers = answers;
    this.repeater = repeater;
  }

  @PostMapping("/cancel")
  ResponseEntity<?> cancel(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    var body = RequestBody.read(request);
    var action = action(uuid, caller);
    var asked = asked(caller, "Action Cancel", action, body);
    StrictFlag.check(request, asked);
    if (action.state().isOver()) {
      return answers.conflict(asked, "the action is over: it is " + action.state().text());
    }
    var service = service(action).orElse(null);
    if (service == null) {
      return answers.conflict(asked, "this action cannot be canceled: it is not a service's");
    }
    return answers.to(
        HttpStatus.ACCEPTED,
        asked,
        request,
        () -> new CancelOperation(service, asked, action.id()),
        _ -> shown(action.id()));
  }

  @PostMapping("/retry")
  ResponseEntity<?> retry(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    if (DryRunFlag.isSet(request)) {
      DryRunFlag.refuse();
    }
    var body = RequestBody.read(request);
    var action = action(uuid, caller);
    var asked = asked(caller, "Action Retry", action, body);
    StrictFlag.check(request, asked);
    if (!ActionResource.canBeRetried(action)) {
      return answers.conflict(asked, whyNotAgain(action));
    }
    var answer = repeater.repeat(action.request(), caller, request, this::shown);
    var again = ResponseEntity.status(answer.getStatusCode()).headers(answer.getHeaders());
    Warnings.write(again, asked.request().warnings());
    return again.body(answer.getBody());
  }

  private static String whyNotAgain(Action action) {
    if (!action.state().isOver()) {
      return "the action is %s; only one that is over can be retried"
          .formatted(action.state().text());
    }
    return ActionResource.hidesSecrets(action)
        ? "the action cannot be retried: its body had secrets, which are not kept"
        : "the action cannot be retried: it was no request to services, containers or stacks";
  }

  private Action action(String uuid, Caller caller) {
    var action =
        Uuids.isUuid(uuid)
            ? actions.find(new ActionId(uuid.toLowerCase(Locale.ROOT))).orElse(null)
            : null;
    if (action == null || !caller.namespaces().contains(action.request().namespace())) {
      throw ApiFailure.notFound("action " + uuid);
    }
    var namespace = action.request().namespace();
    var role = caller.account().roleIn(namespace).orElse(Role.READER);
    if (!role.includes(Role.OPERATOR)) {
      throw new ApiFailure(
          HttpStatus.FORBIDDEN,
          "this needs the role operator in %s; you are %s there".formatted(namespace, role.text()));
    }
    return action;
  }

  /** An action of a container is known to the ledger while its work goes on. */
  private Optional<ServiceId> service(Action action) {
    var object = SERVICE.matcher(action.request().object());
    return object.matches()
        ? Optional.of(new ServiceId(object.group(1)))
        : ledger.serviceOf(action.id());
  }

  private static Asked asked(Caller caller, String name, Action action, RequestBody body) {
    return new Asked(
        new ActionId(Uuids.random()),
        new ActionRequest(
            action.request().namespace(),
            name,
            ResourceUri.of(action.id()),
            caller.method(),
            caller.path(),
            body.recorded(),
            caller.origin(),
            body.unknown(UnknownKeys.OF_OPERATIONS)));
  }

  private Answers.Shown shown(ActionId id) {
    var action = actions.find(id).orElseThrow(() -> ApiFailure.notFound("action " + id));
    return new Answers.Shown(
        ActionResource.renderWhole(action),
        List.of(new Applied(View.ACTION, id.value(), action.version())));
  }
}
