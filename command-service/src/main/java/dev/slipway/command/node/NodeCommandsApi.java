package dev.slipway.command.node;

import dev.slipway.command.api.AdoptionAnswers;
import dev.slipway.command.api.RequestBody;
import dev.slipway.command.api.TakesDryRun;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.ledger.NodeLedger;
import dev.slipway.command.node.NodeCommand.CheckNode;
import dev.slipway.command.node.NodeCommand.DrainNode;
import dev.slipway.command.node.NodeCommand.RemoveUnowned;
import dev.slipway.command.node.NodeCommand.TerminateNode;
import dev.slipway.command.node.NodeCommand.UndrainNode;
import dev.slipway.command.node.NodeCommand.UpdateNode;
import dev.slipway.command.node.NodeCommand.UpgradeEngine;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.Uuids;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
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

/** The writing half of the API of nodes. */
@RestController
@TakesDryRun
@RequestMapping("/api/infra/v1/node/{uuid}")
final class NodeCommandsApi {

  private final NodeAnswers answers;
  private final NodeLedger ledger;
  private final LedgerReader reader;
  private final Heartbeats heartbeats;
  private final AdoptionAnswers adoptions;
  private final Duration longestDrain;
  private final InstantSource clock;

  NodeCommandsApi(
      NodeAnswers answers,
      NodeLedger ledger,
      LedgerReader reader,
      Heartbeats heartbeats,
      AdoptionAnswers adoptions,
      Duration longestDrain,
      InstantSource clock) {
    this.answers = answers;
    this.ledger = ledger;
    this.reader = reader;
    this.heartbeats = heartbeats;
    this.adoptions = adoptions;
    this.longestDrain = longestDrain;
    this.clock = clock;
  }

  @PatchMapping
  ResponseEntity<?> update(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    var id = id(uuid);
    var body = RequestBody.read(request);
    var json = body.json();
    var asked = NodeAnswers.askedToSet(caller, "Node Update", id, body);
    return answers.to(
        HttpStatus.OK,
        asked,
        request,
        () -> new UpdateNode(id, asked, NodeBody.nickname(json), NodeBody.tags(json)));
  }

  @DeleteMapping
  ResponseEntity<?> terminate(
      @PathVariable String uuid,
      @RequestParam(required = false) @Nullable String force,
      Caller caller,
      HttpServletRequest request) {
    var id = id(uuid);
    var body = RequestBody.read(request);
    var asked = NodeAnswers.asked(caller, "Node Terminate", id, body);
    var containers =
        ledger.containersOn(id).stream()
            .map(container -> ResourceUri.of(caller.namespace(), container))
            .toList();
    return answers.to(
        HttpStatus.ACCEPTED,
        asked,
        request,
        () -> new TerminateNode(id, asked, containers, NodeBody.flag("force", force)));
  }

  @PostMapping("/drain")
  ResponseEntity<?> drain(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    var id = id(uuid);
    var body = RequestBody.read(request);
    var asked = NodeAnswers.asked(caller, "Node Drain", id, body);
    var deadline = clock.instant().plus(longestDrain);
    return answers.to(
        HttpStatus.ACCEPTED, asked, request, () -> new DrainNode(id, asked, deadline));
  }

  @PostMapping("/undrain")
  ResponseEntity<?> undrain(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    var id = id(uuid);
    var body = RequestBody.read(request);
    var asked = NodeAnswers.asked(caller, "Node Undrain", id, body);
    return answers.to(HttpStatus.ACCEPTED, asked, request, () -> new UndrainNode(id, asked));
  }

  @PostMapping("/unowned/{container}/remove")
  ResponseEntity<?> removeUnowned(
      @PathVariable String uuid,
      @PathVariable String container,
      Caller caller,
      HttpServletRequest request) {
    var id = id(uuid);
    var body = RequestBody.read(request);
    var unowned = container(container);
    var asked = NodeAnswers.asked(caller, "Unowned Container Remove", id, body);
    return answers.to(
        HttpStatus.ACCEPTED,
        asked,
        request,
        () ->
            new RemoveUnowned(
                id,
                asked,
                unowned,
                heartbeats.unowned(id, unowned).orElse(null),
                reader.serviceOf(unowned).orElse(null)));
  }

  @PostMapping("/unowned/{container}/adopt")
  ResponseEntity<?> adoptUnowned(
      @PathVariable String uuid,
      @PathVariable String container,
      Caller caller,
      HttpServletRequest request) {
    var id = id(uuid);
    var unowned =
        heartbeats
            .unowned(id, container(container))
            .orElseThrow(() -> ApiFailure.notFound("unowned container " + container));
    return adoptions.adopt(id, unowned, caller, request);
  }

  private static ContainerId container(String uuid) {
    if (!Uuids.isUuid(uuid)) {
      throw ApiFailure.notFound("container " + uuid);
    }
    return new ContainerId(uuid.toLowerCase(Locale.ROOT));
  }

  @PostMapping("/health-check")
  ResponseEntity<?> check(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    var id = id(uuid);
    var body = RequestBody.read(request);
    var asked = NodeAnswers.asked(caller, "Node Health Check", id, body);
    return answers.to(HttpStatus.ACCEPTED, asked, request, () -> new CheckNode(id, asked));
  }

  @PostMapping("/docker-upgrade")
  ResponseEntity<?> upgrade(@PathVariable String uuid, Caller caller, HttpServletRequest request) {
    var id = id(uuid);
    var body = RequestBody.read(request);
    var asked = NodeAnswers.asked(caller, "Node Docker Upgrade", id, body);
    return answers.to(HttpStatus.ACCEPTED, asked, request, () -> new UpgradeEngine(id, asked));
  }

  private static NodeId id(String uuid) {
    if (!Uuids.isUuid(uuid)) {
      throw ApiFailure.notFound("node " + uuid);
    }
    return new NodeId(uuid.toLowerCase(Locale.ROOT));
  }
}
