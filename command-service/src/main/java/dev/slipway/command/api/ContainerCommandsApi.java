package dev.slipway.command.api;

import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.service.LoggedServices;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.Uuids;
import dev.slipway.model.api.ContainerDetail;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.OperateContainer;
import dev.slipway.model.service.ServiceId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked of one container. It has no commands of its own: its service decides. */
@RestController
@TakesDryRun
@RequestMapping("/api/app/v1/container/{uuid}")
final class ContainerCommandsApi {

  private final Answers answers;
  private final LedgerReader ledger;
  private final LoggedServices services;
  private final ContainerDetail resource;
  private final Duration longestOperation;
  private final InstantSource clock;

  ContainerCommandsApi(
      Answers answers,
      LedgerReader ledger,
      LoggedServices services,
      ContainerDetail resource,
      Duration longestOperation,
      InstantSource clock) {
    this.answers = answers;
    this.ledger = ledger;
    this.services = services;
    this.resource = resource;
    this.longestOperation = longestOperation;
    this.clock = clock;
  }

  @PostMapping("/start")
  ResponseEntity<?> start(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    return operate(OperationKind.START, uuid, null, caller, request);
  }

  @PostMapping("/stop")
  ResponseEntity<?> stop(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    return operate(OperationKind.STOP, uuid, null, caller, request);
  }

  @PostMapping("/redeploy")
  ResponseEntity<?> redeploy(
      @PathVariable String uuid,
      @RequestParam(name = "reuse_volumes", required = false) @Nullable String reuseVolumes,
      Caller caller,
      HttpServletRequest request) {
    return operate(OperationKind.REDEPLOY, uuid, reuseVolumes, caller, request);
  }

  @DeleteMapping
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
    var container = id(uuid);
    var service =
        ledger.serviceOf(container).orElseThrow(() -> ApiFailure.notFound("container " + uuid));
    var asked =
        Answers.asked(
            caller,
            "Container " + name(kind),
            ResourceUri.of(caller.namespace(), container),
            body,
            UnknownKeys.OF_OPERATIONS);
    var deadline = clock.instant().plus(longestOperation);
    return answers.to(
        HttpStatus.ACCEPTED,
        asked,
        request,
        () ->
            new OperateContainer(
                service,
                asked,
                kind,
                container,
                deadline,
                ServiceCommandsApi.reusesVolumes(reuseVolumes, body)),
        after -> shown(after, container));
  }

  private static String name(OperationKind kind) {
    var text = kind.text();
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** One that never ran is gone as soon as it is to go. */
  private Answers.Shown shown(Service service, ContainerId id) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    service
        .fleet()
        .find(id)
        .ifPresentOrElse(
            container -> json.putAll(whole(service, container)),
            () -> json.put("uuid", id.value()));
    return new Answers.Shown(json, List.of());
  }

  private Map<String, @Nullable Object> whole(Service service, Container container) {
    var targets = new HashMap<ServiceId, Service>();
    for (var link : service.definitions().current().get(Attributes.LINKED_TO_SERVICE)) {
      services.find(link.to()).ifPresent(target -> targets.put(link.to(), target));
    }
    var addresses = new HashMap<NodeId, String>();
    if (!targets.isEmpty()) {
      ledger.nodes().forEach(node -> addresses.put(node.id(), node.facts().publicAddress()));
    }
    return resource.renderWhole(service, container, targets, addresses);
  }

  private static ContainerId id(String uuid) {
    if (!Uuids.isUuid(uuid)) {
      throw ApiFailure.notFound("container " + uuid);
    }
    return new ContainerId(uuid.toLowerCase(Locale.ROOT));
  }
}
