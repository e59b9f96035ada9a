package dev.slipway.command.api;

import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.service.LoggedServices;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.AgentState.Unowned;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.AdoptContainer;
import dev.slipway.model.service.ServiceCommand.Asked;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Lets the service of an unowned container adopt it, and answers with the service. */
public final class AdoptionAnswers {

  private final Answers answers;
  private final LedgerReader ledger;
  private final LoggedServices services;

  AdoptionAnswers(Answers answers, LedgerReader ledger, LoggedServices services) {
    this.answers = answers;
    this.ledger = ledger;
    this.services = services;
  }

  /**
   * @param unowned as the node's agent reports it
   * @throws ApiFailure if the caller has no such node
   */
  public ResponseEntity<?> adopt(
      NodeId node, Unowned unowned, Caller caller, HttpServletRequest request) {
    var body = RequestBody.read(request);
    requireNode(node, caller);
    var container = unowned.container();
    var asked = asked(container, caller, body);
    StrictFlag.check(request, asked);
    var service = unowned.service();
    var place = unowned.place();
    if (service == null || place == null) {
      return answers.conflict(
          asked,
          "the agent of the node does not report the service and slot of container %s: upgrade the agent"
              .formatted(unowned.name()));
    }
    if (!isOf(caller, services.find(service).orElse(null))) {
      return answers.conflict(
          asked,
          "container %s cannot be adopted: its service %s is not in the log, and its definition was lost with it; create the service anew and remove the container"
              .formatted(unowned.name(), service));
    }
    return answers.to(
        HttpStatus.ACCEPTED,
        asked,
        request,
        () -> new AdoptContainer(service, asked, container, place, node));
  }

  private static Asked asked(ContainerId container, Caller caller, RequestBody body) {
    return Answers.asked(
        caller,
        "Unowned Container Adopt",
        ResourceUri.of(caller.namespace(), container),
        body,
        UnknownKeys.OF_OPERATIONS);
  }

  private static boolean isOf(Caller caller, @Nullable Service service) {
    return service != null && service.namespace().equals(caller.namespace());
  }

  private void requireNode(NodeId id, Caller caller) {
    if (ledger.nodes().stream()
        .noneMatch(node -> node.id().equals(id) && node.namespace().equals(caller.namespace()))) {
      throw ApiFailure.notFound("node " + id);
    }
  }
}
