package dev.slipway.command.stack;

import dev.slipway.command.api.RequestBody;
import dev.slipway.command.api.TakesDryRun;
import dev.slipway.command.api.UnknownKeys;
import dev.slipway.command.api.VersionParameter;
import dev.slipway.command.history.PastStacks;
import dev.slipway.command.stack.StackCommand.UpdateStack;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.stack.DefinedService;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Brings back the services of a stack as an earlier version defined them, as one more change. */
@RestController
@TakesDryRun
@RequestMapping("/api/app/v1/stack/{uuid}/restore")
final class StackRestoreApi {

  private final StackAnswers answers;
  private final StackLedger ledger;
  private final PastStacks past;
  private final Duration longestOperation;
  private final InstantSource clock;

  StackRestoreApi(
      StackAnswers answers,
      StackLedger ledger,
      PastStacks past,
      Duration longestOperation,
      InstantSource clock) {
    this.answers = answers;
    this.ledger = ledger;
    this.past = past;
    this.longestOperation = longestOperation;
    this.clock = clock;
  }

  @PostMapping
  ResponseEntity<?> restore(
      @PathVariable String uuid,
      @RequestParam(name = "version", required = false) @Nullable String version,
      @RequestParam(name = "prune", required = false) @Nullable String prune,
      Caller caller,
      HttpServletRequest request) {
    var id = StackCommandsApi.id(uuid);
    var body = RequestBody.read(request);
    var warnings = body.unknown(UnknownKeys.OF_OPERATIONS);
    var asked = answers.asked(caller, "Stack Restore", id, body, warnings);
    return answers.to(
        HttpStatus.OK,
        asked,
        request,
        () -> {
          var services =
              past.at(caller.namespace(), id, VersionParameter.read(version))
                  .orElseThrow(() -> ApiFailure.notFound("stack " + uuid));
          var restored =
              new RestoredServices(
                  ledger.servicesOf(id),
                  name -> StackCommandsApi.newService(asked.action(), name),
                  ledger::exists);
          return new UpdateStack(
              id,
              asked,
              null,
              allowed(restored.of(services), caller),
              prune != null && StackCommandsApi.flag("prune", prune),
              clock.instant().plus(longestOperation));
        });
  }

  /** Policies may have changed since the version was made. */
  private List<DefinedService> allowed(List<DefinedService> services, Caller caller) {
    var rules = answers.rules(caller);
    services.forEach(one -> rules.check(one.definition()));
    return services;
  }
}
