package dev.slipway.command.stack;

import dev.slipway.command.api.RequestBody;
import dev.slipway.command.api.TakesDryRun;
import dev.slipway.command.api.UnknownKeys;
import dev.slipway.command.stack.StackCommand.CreateStack;
import dev.slipway.command.stack.StackCommand.OperateStack;
import dev.slipway.command.stack.StackCommand.UpdateStack;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Uuids;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.StackId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The writing half of the API of stacks. */
@RestController
@TakesDryRun
@RequestMapping("/api/app/v1/stack")
final class StackCommandsApi {

  private final StackAnswers answers;
  private final StackLedger ledger;
  private final Duration longestOperation;
  private final InstantSource clock;

  StackCommandsApi(
      StackAnswers answers, StackLedger ledger, Duration longestOperation, InstantSource clock) {
    this.answers = answers;
    this.ledger = ledger;
    this.longestOperation = longestOperation;
    this.clock = clock;
  }

  @PostMapping
  ResponseEntity<?> create(Caller caller, HttpServletRequest request) {
    var body = RequestBody.read(request);
    var key = request.getHeader("Idempotency-Key");
    var id =
        new StackId(
            key == null
                ? Uuids.random()
                : Uuids.derived("stack/%s/%s".formatted(caller.namespace(), key)));
    var said = new StackBody(body.json());
    var asked = answers.asked(caller, "Stack Create", id, body, said.warnings());
    return answers.to(
        HttpStatus.CREATED,
        asked,
        request,
        () -> {
          var name = said.name();
          return new CreateStack(
              id,
              asked,
              name,
              said.nickname(),
              said.services(
                  name,
                  service -> newService(asked.action(), service),
                  Map.of(),
                  elsewhere(caller),
                  answers.rules(caller)));
        });
  }

  /** The same at each try, and another than that of a service of the name that is gone. */
  static ServiceId newService(ActionId action, String name) {
    return new ServiceId(Uuids.derived("%s/service/%s".formatted(action, name)));
  }

  private StackReferences.Elsewhere elsewhere(Caller caller) {
    return new StackReferences.Elsewhere() {
      @Override
      public boolean has(ServiceId service) {
        return ledger.has(caller.namespace(), service);
      }

      @Override
      public List<ServiceId> find(String name, @Nullable String stack) {
        return ledger.named(caller.namespace(), name, stack);
      }
    };
  }

  @PatchMapping("/{uuid}")
  ResponseEntity<?> update(
      @PathVariable String uuid,
      @RequestParam(name = "prune", required = false) @Nullable String prune,
      Caller caller,
      HttpServletRequest request) {
    var body = RequestBody.read(request);
    var id = id(uuid);
    var said = new StackBody(body.json());
    var asked = answers.asked(caller, "Stack Update", id, body, said.warnings());
    return answers.to(
        HttpStatus.OK,
        asked,
        request,
        () -> {
          var own = ledger.servicesOf(id);
          return new UpdateStack(
              id,
              asked,
              said.nickname(),
              said.services(
                  ledger.nameOf(id),
                  name -> own.getOrDefault(name, newService(asked.action(), name)),
                  own,
                  elsewhere(caller),
                  answers.rules(caller)),
              prune != null && flag("prune", prune),
              clock.instant().plus(longestOperation));
        });
  }

  @PostMapping("/{uuid}/start")
  ResponseEntity<?> start(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    return operate(OperationKind.START, uuid, null, caller, request);
  }

  @PostMapping("/{uuid}/stop")
  ResponseEntity<?> stop(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    return operate(OperationKind.STOP, uuid, null, caller, request);
  }

  @PostMapping("/{uuid}/redeploy")
  ResponseEntity<?> redeploy(
      @PathVariable String uuid,
      @RequestParam(name = "reuse_volumes", required = false) @Nullable String reuseVolumes,
      Caller caller,
      HttpServletRequest request) {
    return operate(OperationKind.REDEPLOY, uuid, reuseVolumes, caller, request);
  }

  @DeleteMapping("/{uuid}")
  ResponseEntity<?> terminate(
      @PathVariable String uuid, Caller caller, HttpServletRequest request) {
    return operate(OperationKind.TERMINATE, uuid, null, caller, request);
  }

  private ResponseEntity<?> operate(
      OperationKind kind,
      String uuid,
      @Nullable String reuseVolumes,
      Caller caller,
      HttpServletRequest request) {
    var body = RequestBody.read(request);
    var id = id(uuid);
    var verb = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
    var asked =
        answers.asked(caller, "Stack " + verb, id, body, body.unknown(UnknownKeys.OF_OPERATIONS));
    var deadline = clock.instant().plus(longestOperation);
    Object reuse = reuseVolumes != null ? reuseVolumes : body.json().get("reuse_volumes");
    return answers.to(
        HttpStatus.ACCEPTED,
        asked,
        request,
        () ->
            new OperateStack(
                id,
                asked,
                kind,
                deadline,
                kind == OperationKind.REDEPLOY && (reuse == null || flag("reuse_volumes", reuse))));
  }

  /** The Python client writes True and False. */
  static boolean flag(String name, Object json) {
    return switch (json.toString().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidInput(name, "must be true or false");
    };
  }

  static StackId id(String uuid) {
    if (!Uuids.isUuid(uuid)) {
      throw ApiFailure.notFound("stack " + uuid);
    }
    return new StackId(uuid.toLowerCase(Locale.ROOT));
  }
}
