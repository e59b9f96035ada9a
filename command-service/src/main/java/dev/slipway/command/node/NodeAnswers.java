package dev.slipway.command.node;

import dev.slipway.command.api.DryRunFlag;
import dev.slipway.command.api.RequestBody;
import dev.slipway.command.api.StrictFlag;
import dev.slipway.command.api.UnknownKeys;
import dev.slipway.command.api.Warnings;
import dev.slipway.command.ledger.NodeLedger;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.node.NodeCommand.UserNodeCommand;
import dev.slipway.command.service.RefusedActions.RecordRefusal;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Uuids;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.api.NodeResource;
import dev.slipway.model.api.ReadModel;
import dev.slipway.model.api.ReadModel.Applied;
import dev.slipway.model.api.ReadModel.View;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.node.Node;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceCommand.Asked;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * Sends what a client asks of a node and answers with the node once the views show it, or with the
 * refusal. Either way the answer names the action that was left.
 */
final class NodeAnswers {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final String ACTION_URI = "X-DockerCloud-Action-URI";
  private static final UnknownKeys NOTHING = UnknownKeys.of(Set.of(), Set.of());

  private final Commands commands;
  private final ReadModel readModel;
  private final NodeResource resource;
  private final Heartbeats heartbeats;
  private final NodeLedger ledger;
  private final NodeDryRuns dryRuns;

  NodeAnswers(
      Commands commands,
      ReadModel readModel,
      NodeResource resource,
      Heartbeats heartbeats,
      NodeLedger ledger,
      NodeDryRuns dryRuns) {
    this.commands = commands;
    this.readModel = readModel;
    this.resource = resource;
    this.heartbeats = heartbeats;
    this.ledger = ledger;
    this.dryRuns = dryRuns;
  }

  static Asked asked(Caller caller, String name, NodeId node, RequestBody body) {
    return asked(caller, name, node, "", body.unknown(NOTHING));
  }

  /** A request that sets something of the node. */
  static Asked askedToSet(Caller caller, String name, NodeId node, RequestBody body) {
    return asked(caller, name, node, body.recorded(), body.unknown(NodeBody.KNOWN));
  }

  private static Asked asked(
      Caller caller, String name, NodeId node, String body, List<String> warnings) {
    return new Asked(
        new ActionId(Uuids.random()),
        new ActionRequest(
            caller.namespace(),
            name,
            ResourceUri.of(caller.namespace(), node),
            caller.method(),
            caller.path(),
            body,
            caller.origin(),
            warnings),
        caller.ifMatch());
  }

  /**
   * @param command made here, so that what is wrong in its content leaves an action too
   */
  ResponseEntity<?> to(
      HttpStatus success,
      Asked asked,
      HttpServletRequest request,
      Supplier<UserNodeCommand> command) {
    if (DryRunFlag.isSet(request)) {
      StrictFlag.check(request, asked);
      return foreseen(asked, command);
    }
    try {
      StrictFlag.check(request, asked);
      var wish = command.get();
      return accepted(success, (Node) sent(wish, asked), asked, request);
    } catch (NodeRejected rejected) {
      return switch (rejected.reason()) {
        case NOT_FOUND -> throw ApiFailure.notFound(asked.request().object());
        case MOVED -> refused(HttpStatus.PRECONDITION_FAILED, asked, rejected);
        case INVALID_STATE -> refused(HttpStatus.CONFLICT, asked, rejected);
      };
    } catch (AggregateNotFoundException missing) {
      throw ApiFailure.notFound(asked.request().object());
    } catch (InvalidInput invalid) {
      return refused(HttpStatus.BAD_REQUEST, asked, invalid);
    }
  }

  private ResponseEntity<?> foreseen(Asked asked, Supplier<UserNodeCommand> command) {
    try {
      return dryRuns.answer(command.get(), this::rendered);
    } catch (NodeRejected rejected) {
      var message = String.valueOf(rejected.getMessage());
      throw switch (rejected.reason()) {
        case NOT_FOUND -> ApiFailure.notFound(asked.request().object());
        case MOVED -> new ApiFailure(HttpStatus.PRECONDITION_FAILED, message);
        case INVALID_STATE -> new ApiFailure(HttpStatus.CONFLICT, message);
      };
    }
  }

  private Map<String, ?> rendered(Node node) {
    long containers = ledger.containersOn(node.id()).size();
    return resource.render(node, heartbeats.last(node.id()), containers);
  }

  private Object sent(UserNodeCommand wish, Asked asked) {
    return Objects.requireNonNull(commands.send(wish, wish.nodeId(), asked));
  }

  private ResponseEntity<?> accepted(
      HttpStatus status, Node node, Asked asked, HttpServletRequest request) {
    var answer =
        ResponseEntity.status(status)
            .eTag(Long.toString(node.version()))
            .header(ACTION_URI, ResourceUri.of(asked.action()));
    Warnings.write(answer, asked.request().warnings());
    if (!"respond-async".equals(request.getHeader("Prefer"))
        && !await(
            new Applied(View.NODE, node.id().value(), node.version()),
            new Applied(View.ACTION, asked.action().value(), 0))) {
      answer.header("Slipway-Read-Model", "behind");
    }
    return answer.body(rendered(node));
  }

  private ResponseEntity<?> refused(HttpStatus status, Asked asked, RuntimeException refusal) {
    var message = Objects.requireNonNullElse(refusal.getMessage(), "refused");
    commands.send(new RecordRefusal(asked, message), asked.action(), asked);
    boolean _ = await(new Applied(View.ACTION, asked.action().value(), 0));
    return ResponseEntity.status(status)
        .header(ACTION_URI, ResourceUri.of(asked.action()))
        .body(Map.of("error", message));
  }

  private boolean await(Applied... wanted) {
    return readModel.awaitApplied(List.of(wanted), LONGEST_WAIT);
  }
}
