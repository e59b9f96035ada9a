package dev.slipway.command.api;

import dev.slipway.command.history.PastDefinitions;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Brings back what was set of a service at an earlier version, as one more change. */
@RestController
@TakesDryRun
@RequestMapping("/api/app/v1/service/{uuid}/restore")
final class RestoreApi {

  private final Answers answers;
  private final PastDefinitions past;

  RestoreApi(Answers answers, PastDefinitions past) {
    this.answers = answers;
    this.past = past;
  }

  @PostMapping
  ResponseEntity<?> restore(
      @PathVariable String uuid,
      @RequestParam(name = "version", required = false) @Nullable String version,
      Caller caller,
      HttpServletRequest request) {
    var id = ServiceCommandsApi.id(uuid);
    var asked = Answers.asked(caller, "Service Restore", id, RequestBody.read(request));
    return answers.to(
        HttpStatus.OK,
        asked,
        request,
        () ->
            new UpdateService(
                id,
                asked,
                past.at(caller.namespace(), id, VersionParameter.read(version))
                    .orElseThrow(() -> ApiFailure.notFound("service " + uuid))));
  }
}
