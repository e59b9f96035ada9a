package dev.slipway.query.exec;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.http.StandingRights;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.Uuids;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.exec.ExecRequest;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.container.ContainerView;
import dev.slipway.query.container.Containers;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import dev.slipway.query.stream.StreamRequest;
import dev.slipway.query.stream.Streams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Terminals of commands in containers. */
@RestController
final class ExecController {

  private static final Logger LOG = LoggerFactory.getLogger(ExecController.class);

  private static final String DEFAULT_COMMAND = "sh";
  private static final int LONGEST_COMMAND = 4_000;
  private static final int LARGEST_SIZE = 1_000;
  private static final int WIDTH = 80;
  private static final int HEIGHT = 24;

  private final ExecSessions sessions;
  private final Containers containers;
  private final Projections projections;
  private final Streams streams;
  private final ExecSettings settings;

  ExecController(
      ExecSessions sessions,
      Containers containers,
      Projections projections,
      Streams streams,
      ExecSettings settings) {
    this.sessions = sessions;
    this.containers = containers;
    this.projections = projections;
    this.streams = streams;
    this.settings = settings;
  }

  @GetMapping("/api/app/v1/container/{uuid}/exec")
  void exec(
      Caller caller,
      @PathVariable String uuid,
      HttpServletRequest request,
      HttpServletResponse response) {
    projections.requireBuilt();
    var view =
        containers
            .find(caller.namespace(), ListQuery.pathUuid("container", uuid))
            .orElseThrow(() -> ApiFailure.notFound("container " + uuid));
    var open = open(view, new StreamRequest(request), caller);
    try {
      settings
          .requireAllowed(view.service().namespace())
          .ifPresent(warning -> warn(warning, open, response));
      requireRunning(view);
    } catch (ApiFailure refused) {
      sessions.refuse(open, String.valueOf(refused.getMessage()));
      throw refused;
    }
    if (sessions.areTooMany()) {
      throw ApiFailure.unavailable("there are too many sessions already");
    }
    var allowed = stillAllowed(request, view.service().namespace());
    streams.upgrade(new ExecSocket(sessions, open, settings.limits(), allowed), request, response);
    LOG.info("{} begins session {} in {}", caller.user(), open.session(), open.name());
  }

  /** Rights and policies may change while the session runs. */
  private BooleanSupplier stillAllowed(HttpServletRequest request, Namespace namespace) {
    var rights = StandingRights.of(request);
    return () -> rights.getAsBoolean() && settings.isAllowed(namespace);
  }

  private static void warn(String warning, ExecRequest.Open open, HttpServletResponse response) {
    LOG.warn("Session {}: {}", open.session(), warning);
    response.setHeader("Slipway-Warning", warning);
  }

  private static void requireRunning(ContainerView view) {
    var phase = view.container().phase();
    if (phase != ContainerPhase.RUNNING) {
      throw new ApiFailure(
          HttpStatus.CONFLICT, "the container is %s, not Running".formatted(phase.text()));
    }
  }

  private static ExecRequest.Open open(ContainerView view, StreamRequest request, Caller caller) {
    var command = Objects.requireNonNullElse(request.text("command"), DEFAULT_COMMAND);
    if (command.length() > LONGEST_COMMAND) {
      throw new InvalidInput("command", "must not be longer than " + LONGEST_COMMAND);
    }
    return new ExecRequest.Open(
        Uuids.random(),
        view.container().node(),
        view.container().id(),
        view.service().name(view.container()),
        command,
        size(request, "w", WIDTH),
        size(request, "h", HEIGHT),
        asked(view, command, caller));
  }

  private static ActionRequest asked(ContainerView view, String command, Caller caller) {
    var namespace = view.service().namespace();
    return new ActionRequest(
        namespace,
        "Container Exec",
        ResourceUri.of(namespace, view.container().id()),
        caller.method(),
        caller.path(),
        Wire.MAPPER.writeValueAsString(Map.of("command", command)),
        caller.origin());
  }

  private static int size(StreamRequest request, String name, int byDefault) {
    int size = Objects.requireNonNullElse(request.number(name, 1), byDefault);
    if (size > LARGEST_SIZE) {
      throw new InvalidInput(name, "must be a number from 1 to " + LARGEST_SIZE);
    }
    return size;
  }
}
