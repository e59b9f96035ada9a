package dev.slipway.command.api;

import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.quota.WriteRate;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.Digits;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.Secret;
import dev.slipway.model.Uuids;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.Origin;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.api.TriggerResource;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceCommand.CallTrigger;
import dev.slipway.model.service.ServiceCommand.CreateTrigger;
import dev.slipway.model.service.ServiceCommand.DeleteTrigger;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.Trigger;
import dev.slipway.model.service.Trigger.Effect;
import dev.slipway.model.service.TriggerId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Triggers of a service, and their calls, for which nobody logs in: the path is the secret. */
@RestController
@TakesDryRun
@RequestMapping("/api/app/v1/service/{uuid}/trigger")
final class TriggerCommandsApi {

  private static final int LONGEST_NAME = 255;

  /** Far below what Linux takes for one variable of a process. */
  private static final int LONGEST_BODY = 64 * 1024;

  private static final UnknownKeys KNOWN =
      UnknownKeys.of(Set.of("name", "operation"), Set.of("uuid", "url", "resource_uri"));

  private final Answers answers;
  private final LedgerReader ledger;
  private final WriteRate rate;
  private final TriggerGuesses guesses;
  private final Duration longestOperation;

  TriggerCommandsApi(
      Answers answers,
      LedgerReader ledger,
      WriteRate rate,
      TriggerGuesses guesses,
      Duration longestOperation) {
    this.answers = answers;
    this.guesses = guesses;
    this.rate = rate;
    this.ledger = ledger;
    this.longestOperation = longestOperation;
  }

  @PostMapping
  ResponseEntity<?> create(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    var body = RequestBody.read(request);
    var service = ServiceCommandsApi.id(uuid);
    var object = ResourceUri.of(caller.namespace(), service);
    var asked = Answers.asked(caller, "Trigger Create", object, body, KNOWN);
    var id = new TriggerId(Uuids.random());
    return answers.to(
        HttpStatus.CREATED,
        asked,
        request,
        () -> new CreateTrigger(service, asked, trigger(id, body.json())),
        after -> shown(after, require(after, id)));
  }

  private static Trigger trigger(TriggerId id, Map<String, @Nullable Object> json) {
    var effect = effect(Objects.requireNonNullElse(json.get("operation"), Effect.REDEPLOY));
    var name = json.get("name");
    return new Trigger(
        id,
        name == null || name.equals("") ? effect.name().toLowerCase(Locale.ROOT) : name(name),
        effect);
  }

  private static Effect effect(Object json) {
    return switch (json.toString().toUpperCase(Locale.ROOT)) {
      case "REDEPLOY" -> Effect.REDEPLOY;
      case "SCALEUP" -> Effect.SCALEUP;
      default -> throw new InvalidInput("operation", "must be REDEPLOY or SCALEUP");
    };
  }

  private static String name(Object json) {
    if (!(json instanceof String name)
        || name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInput(
          "name", "must be text of 1 to %d characters in one line".formatted(LONGEST_NAME));
    }
    return name;
  }

  @DeleteMapping("/{trigger}")
  ResponseEntity<?> delete(
      @PathVariable String uuid,
      @PathVariable String trigger,
      Caller caller,
      HttpServletRequest request) {
    var body = RequestBody.read(request);
    var service = ServiceCommandsApi.id(uuid);
    var id = triggerId(trigger);
    var asked = Answers.asked(caller, "Trigger Delete", service, body);
    return answers.to(
        HttpStatus.ACCEPTED,
        asked,
        request,
        () -> new DeleteTrigger(service, asked, id),
        after ->
            new Answers.Shown(
                new LinkedHashMap<>(TriggerResource.renderDeleted(after, id)), List.of()));
  }

  @PostMapping("/{trigger}/call")
  ResponseEntity<?> call(
      @PathVariable String uuid, @PathVariable String trigger, HttpServletRequest request) {
    return call(uuid, trigger, "1", request);
  }

  @PostMapping("/{trigger}/call/{more}")
  ResponseEntity<?> call(
      @PathVariable String uuid,
      @PathVariable String trigger,
      @PathVariable String more,
      HttpServletRequest request) {
    try {
      return call(ServiceCommandsApi.id(uuid), triggerId(trigger), more, request);
    } catch (ApiFailure failure) {
      if (failure.status() != HttpStatus.NOT_FOUND) {
        throw failure;
      }
      throw guesses.failure(request.getRemoteAddr());
    }
  }

  /** A call that no trigger could accept leaves no action: its caller may know no trigger. */
  private ResponseEntity<?> call(
      ServiceId service, TriggerId id, String more, HttpServletRequest request) {
    var text = RequestBody.text(request, LONGEST_BODY);
    var namespace = ledger.namespaceOf(service).orElseThrow(() -> ApiFailure.notFound("trigger"));
    var named = Caller.namedIn(request);
    if (named != null && !named.equals(namespace)) {
      throw ApiFailure.notFound("trigger");
    }
    int count = number(more);
    var variables = variables(text);
    rate.count(namespace);
    var asked = asked(namespace, ResourceUri.of(namespace, service), text, request);
    return answers.to(
        HttpStatus.ACCEPTED,
        asked,
        request,
        () -> new CallTrigger(service, asked, id, count, variables, longestOperation),
        after -> shown(after, require(after, id)));
  }

  /** Nobody in particular: whoever knows the path. The body may be a secret. */
  private static Asked asked(
      Namespace namespace, String object, String body, HttpServletRequest request) {
    var agent = Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
    return new Asked(
        new ActionId(Uuids.random()),
        new ActionRequest(
            namespace,
            "Trigger Call",
            object,
            request.getMethod(),
            request.getRequestURI() + "/",
            body.isEmpty() ? "" : "\"***\"",
            new Origin("", request.getRemoteAddr(), agent, null)));
  }

  private static int number(String more) {
    if (!Digits.isNumber(more, 4)
        || Integer.parseInt(more) < 1
        || Integer.parseInt(more) > Attributes.MOST_CONTAINERS) {
      throw new InvalidInput(
          "call", "must be followed by 1 to %d".formatted(Attributes.MOST_CONTAINERS));
    }
    return Integer.parseInt(more);
  }

  private static List<EnvironmentVariable> variables(String body) {
    if (body.indexOf('\0') >= 0) {
      throw new InvalidInput("body", "must have no NUL, which no variable can hold");
    }
    return body.isEmpty()
        ? List.of()
        : List.of(new EnvironmentVariable("DOCKERCLOUD_TRIGGER_BODY", new Secret(body)));
  }

  private static Answers.Shown shown(Service service, Trigger trigger) {
    return new Answers.Shown(
        new LinkedHashMap<>(TriggerResource.render(service, trigger)), List.of());
  }

  private static Trigger require(Service service, TriggerId id) {
    return service.triggers().stream()
        .filter(trigger -> trigger.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static TriggerId triggerId(String uuid) {
    if (!Uuids.isUuid(uuid)) {
      throw ApiFailure.notFound("trigger " + uuid);
    }
    return new TriggerId(uuid.toLowerCase(Locale.ROOT));
  }
}
