package dev.slipway.query.logs;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.query.container.Containers;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.service.Services;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.util.WebUtils;

/**
 * Streams of lines. A request is answered as any other until it is certain that there is something
 * to stream: only then does it become a websocket.
 */
@RestController
final class LogController {

  private final Logs logs;
  private final Services services;
  private final Containers containers;
  private final DefaultHandshakeHandler handshake = new DefaultHandshakeHandler();

  LogController(Logs logs, Services services, Containers containers) {
    this.logs = logs;
    this.services = services;
    this.containers = containers;
  }

  @GetMapping("/api/app/v1/service/{uuid}/logs")
  void ofService(
      Caller caller,
      @PathVariable String uuid,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    logs.projections().requireBuilt();
    var id = ListQuery.pathUuid("service", uuid);
    if (services.find(caller.namespace(), id).isEmpty()) {
      throw ApiFailure.notFound("service " + uuid);
    }
    stream(LogTarget.service(id), request, response);
  }

  @GetMapping("/api/app/v1/container/{uuid}/logs")
  void ofContainer(
      Caller caller,
      @PathVariable String uuid,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    logs.projections().requireBuilt();
    var id = ListQuery.pathUuid("container", uuid);
    if (containers.find(caller.namespace(), id).isEmpty()) {
      throw ApiFailure.notFound("container " + uuid);
    }
    stream(LogTarget.container(id), request, response);
  }

  private void stream(LogTarget target, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      upgrade(LogRequest.of(target, request, true), request, response);
    } else if ("text".equals(request.getParameter("format"))) {
      write(LogRequest.of(target, request, false), response);
    } else {
      throw new ApiFailure(
          HttpStatus.BAD_REQUEST, "this is a websocket; format=text gives plain text instead");
    }
  }

  private void upgrade(
      LogRequest wanted, HttpServletRequest request, HttpServletResponse response) {
    var upgrade = new ServletServerHttpRequest(request);
    if (!WebUtils.isSameOrigin(upgrade)) {
      throw new ApiFailure(HttpStatus.FORBIDDEN, "pages of other origins may not read this");
    }
    handshake.doHandshake(
        upgrade, new ServletServerHttpResponse(response), new LogSocket(logs, wanted), Map.of());
  }

  private void write(LogRequest wanted, HttpServletResponse response) throws IOException {
    try {
      new LogStream(logs, wanted, new LogText(response, wanted.target())).run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
