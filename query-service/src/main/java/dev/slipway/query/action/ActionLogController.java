package dev.slipway.query.action;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.Digits;
import dev.slipway.model.InvalidInput;
import dev.slipway.query.container.Containers;
import dev.slipway.query.events.EventFeed;
import dev.slipway.query.history.History;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import dev.slipway.query.stream.Form;
import dev.slipway.query.stream.StreamRequest;
import dev.slipway.query.stream.StreamRequest.Shape;
import dev.slipway.query.stream.Streams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Streams of what happens in actions. */
@RestController
final class ActionLogController {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Form<ActionLog.Line> FORM =
      new Form<>(
          ActionLogController::frame,
          line -> line.at() + " " + line.text() + "\n",
          line -> Integer.toString(line.number()));

  private final ActionLog.Sources sources;
  private final Projections projections;
  private final Streams streams;

  ActionLogController(
      Actions actions,
      History history,
      Containers containers,
      EventFeed feed,
      Projections projections,
      Streams streams) {
    this.sources = new ActionLog.Sources(actions, history, containers, feed);
    this.projections = projections;
    this.streams = streams;
  }

  @GetMapping("/api/audit/v1/action/{uuid}/logs")
  void logs(
      Caller caller,
      @PathVariable String uuid,
      HttpServletRequest request,
      HttpServletResponse response) {
    projections.requireBuilt();
    var action =
        sources
            .actions()
            .find(caller.namespaces(), ListQuery.pathUuid("action", uuid))
            .orElseThrow(() -> ApiFailure.notFound("action " + uuid));
    var wanted = new StreamRequest(request);
    boolean follow = wanted.flag("follow", wanted.shape() != Shape.TEXT);
    var log = new ActionLog(sources, action, follow, lines(wanted), given(wanted));
    streams.answer(log, FORM, request, response);
  }

  private static ActionLog.Wanted lines(StreamRequest request) {
    var tail = request.number("tail", 0);
    return new ActionLog.Wanted(
        tail == null ? Integer.MAX_VALUE : tail,
        isPosition(request.text("since")) ? null : request.moment("since"),
        request.moment("until"),
        request.text("grep"));
  }

  private static int given(StreamRequest request) {
    var last = request.lastEventId();
    if (last != null && !isPosition(last)) {
      throw new InvalidInput("Last-Event-ID", "must be one that this stream gave");
    }
    var since = request.text("since");
    var position = last == null && isPosition(since) ? since : last;
    return position == null ? 0 : Integer.parseInt(position) + 1;
  }

  /** A moment has more digits; so many lines no action has. */
  private static boolean isPosition(@Nullable String text) {
    return text != null && Digits.isNumber(text, 6);
  }

  private static String frame(ActionLog.Line line) {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", "log");
    json.put("log", line.text()); // old clients print each with a line feed of their own
    json.put("timestamp", line.at().getEpochSecond());
    return JSON.writeValueAsString(json);
  }
}
