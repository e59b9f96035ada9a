package dev.slipway.command.api;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Uuids;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.attribute.ImageName;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.service.ServiceCommand.RedeployService;
import dev.slipway.model.service.ServiceCommand.ScaleService;
import dev.slipway.model.service.ServiceCommand.StartService;
import dev.slipway.model.service.ServiceCommand.StopService;
import dev.slipway.model.service.ServiceCommand.TerminateService;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

/** The writing half of the Services API. */
@RestController
@TakesDryRun
@RequestMapping("/api/app/v1/service")
final class ServiceCommandsApi {

  private static final String KEY = "Idempotency-Key";
  private static final int LONGEST_KEY = 255;

  private final Answers answers;
  private final References references;
  private final Duration longestOperation;
  private final InstantSource clock;

  ServiceCommandsApi(
      Answers answers, References references, Duration longestOperation, InstantSource clock) {
    this.answers = answers;
    this.references = references;
    this.longestOperation = longestOperation;
    this.clock = clock;
  }

  @PostMapping
  ResponseEntity<?> create(Caller caller, HttpServletRequest request) {
    var body = RequestBody.read(request);
    var id = newId(caller, request.getHeader(KEY));
    var asked = Answers.askedToSet(caller, "Service Create", id, body);
    return answers.to(
        HttpStatus.CREATED,
        asked,
        request,
        () -> new CreateService(id, asked, definition(resolved(body, caller, id))));
  }

  private static ServiceId newId(Caller caller, @Nullable String key) {
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw new InvalidInput(KEY, "must have 1 to %d characters".formatted(LONGEST_KEY));
    }
    return new ServiceId(
        key == null ? Uuids.random() : Uuids.derived("%s/%s".formatted(caller.namespace(), key)));
  }

  /** The definition of a new service: what has no unset value is filled in, and always stored. */
  private static ServiceDefinition definition(Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(body);
    if (!json.containsKey("image") && json.get("image_name") != null) {
      json.put("image", json.get("image_name"));
    }
    var definition = ServiceDefinition.read(json);
    if (!definition.sets(Attributes.IMAGE)) {
      throw new InvalidInput("image", "is required");
    }
    return definition.sets(Attributes.NAME)
        ? definition
        : definition.with(Attributes.NAME, ImageName.serviceName(definition.get(Attributes.IMAGE)));
  }

  @PatchMapping("/{uuid}")
  ResponseEntity<?> update(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    var body = RequestBody.read(request);
    var id = id(uuid);
    var asked = Answers.askedToSet(caller, "Service Update", id, body);
    return answers.to(
        HttpStatus.OK,
        asked,
        request,
        () -> new UpdateService(id, asked, ServiceDefinition.read(resolved(body, caller, id))));
  }

  private Map<String, @Nullable Object> resolved(RequestBody body, Caller caller, ServiceId id) {
    return references.resolved(body.json(), caller.namespace(), id);
  }

  @PostMapping("/{uuid}/start")
  ResponseEntity<?> start(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    var id = id(uuid);
    var asked = Answers.asked(caller, "Service Start", id, RequestBody.read(request));
    var deadline = clock.instant().plus(longestOperation);
    return answers.to(
        HttpStatus.ACCEPTED, asked, request, () -> new StartService(id, asked, deadline));
  }

  @PostMapping("/{uuid}/stop")
  ResponseEntity<?> stop(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    var id = id(uuid);
    var asked = Answers.asked(caller, "Service Stop", id, RequestBody.read(request));
    var deadline = clock.instant().plus(longestOperation);
    return answers.to(
        HttpStatus.ACCEPTED, asked, request, () -> new StopService(id, asked, deadline));
  }

  @PostMapping("/{uuid}/scale")
  ResponseEntity<?> scale(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    var id = id(uuid);
    var asked = Answers.asked(caller, "Service Scale", id, RequestBody.read(request));
    var deadline = clock.instant().plus(longestOperation);
    return answers.to(
        HttpStatus.ACCEPTED, asked, request, () -> new ScaleService(id, asked, deadline));
  }

  @PostMapping("/{uuid}/redeploy")
  ResponseEntity<?> redeploy(
      @PathVariable String uuid,
      @RequestParam(name = "reuse_volumes", required = false) @Nullable String reuseVolumes,
      Caller caller,
      HttpServletRequest request) {
    var body = RequestBody.read(request);
    var id = id(uuid);
    var asked = Answers.asked(caller, "Service Redeploy", id, body);
    var deadline = clock.instant().plus(longestOperation);
    return answers.to(
        HttpStatus.ACCEPTED,
        asked,
        request,
        () -> new RedeployService(id, asked, deadline, reusesVolumes(reuseVolumes, body)));
  }

  @DeleteMapping("/{uuid}")
  ResponseEntity<?> terminate(
      @PathVariable String uuid, Caller caller, HttpServletRequest request) {
    var id = id(uuid);
    var asked = Answers.asked(caller, "Service Terminate", id, RequestBody.read(request));
    var deadline = clock.instant().plus(longestOperation);
    return answers.to(
        HttpStatus.ACCEPTED, asked, request, () -> new TerminateService(id, asked, deadline));
  }

  /** As the query or the body says, or else yes; the Python client writes True and False. */
  static boolean reusesVolumes(@Nullable String inQuery, RequestBody body) {
    var said = inQuery != null ? inQuery : body.json().get("reuse_volumes");
    return switch (Objects.requireNonNullElse(said, true).toString().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidInput("reuse_volumes", "must be true or false");
    };
  }

  static ServiceId id(String uuid) {
    if (!Uuids.isUuid(uuid)) {
      throw ApiFailure.notFound("service " + uuid);
    }
    return new ServiceId(uuid.toLowerCase(Locale.ROOT));
  }
}
