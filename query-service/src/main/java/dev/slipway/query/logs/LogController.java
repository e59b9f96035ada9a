package dev.slipway.query.logs;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.query.container.Containers;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.service.Services;
import dev.slipway.query.stream.StreamRequest;
import dev.slipway.query.stream.Streams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Streams of lines. */
@RestController
final class LogController {

  private final Logs logs;
  private final Services services;
  private final Containers containers;
  private final Streams streams;

  LogController(Logs logs, Services services, Containers containers, Streams streams) {
    this.logs = logs;
    this.services = services;
    this.containers = containers;
    this.streams = streams;
  }

  @GetMapping("/api/app/v1/service/{uuid}/logs")
  void ofService(
      Caller caller,
      @PathVariable String uuid,
      HttpServletRequest request,
      HttpServletResponse response) {
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
      HttpServletResponse response) {
    logs.projections().requireBuilt();
    var id = ListQuery.pathUuid("container", uuid);
    if (containers.find(caller.namespace(), id).isEmpty()) {
      throw ApiFailure.notFound("container " + uuid);
    }
    stream(LogTarget.container(id), request, response);
  }

  private void stream(LogTarget target, HttpServletRequest request, HttpServletResponse response) {
    var wanted = LogRequest.of(target, new StreamRequest(request));
    var from = wanted.from();
    if (from != null && !logs.keepAllAfter(from)) {
      throw new ApiFailure(
          HttpStatus.GONE,
          "since names a position behind which lines are not kept any more; a date and time, or"
              + " nothing, gives those that are");
    }
    var stream = new LogStream(logs, wanted);
    streams.answer(stream, LogForm.of(target, stream), request, response);
  }
}
