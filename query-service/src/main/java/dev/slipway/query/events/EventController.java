package dev.slipway.query.events;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.Uuids;
import dev.slipway.query.events.EventStream.Beginning;
import dev.slipway.query.projection.Projections;
import dev.slipway.query.stream.Form;
import dev.slipway.query.stream.StreamRequest;
import dev.slipway.query.stream.Streams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Streams of events. */
@RestController
final class EventController {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Form<StreamEvent> FORM =
      new Form<>(
          event -> JSON.writeValueAsString(event.json()), EventController::text, StreamEvent::uuid);

  private final EventFeed feed;
  private final EventStore store;
  private final Projections projections;
  private final Streams streams;

  EventController(EventFeed feed, EventStore store, Projections projections, Streams streams) {
    this.feed = feed;
    this.store = store;
    this.projections = projections;
    this.streams = streams;
  }

  @GetMapping("/api/audit/v1/events")
  void events(Caller caller, HttpServletRequest request, HttpServletResponse response) {
    projections.requireBuilt();
    var wanted = new StreamRequest(request);
    var filter = EventFilter.of(caller.namespace().value(), wanted);
    var stream =
        new EventStream(feed, store, filter, beginning(caller, wanted), projections.areShared());
    streams.answer(stream, FORM, request, response);
  }

  private Beginning beginning(Caller caller, StreamRequest request) {
    var last = request.lastEventId();
    var since = last == null ? request.text("since") : last;
    if (since == null) {
      return new Beginning(null, null);
    }
    if (!Uuids.isUuid(since)) {
      return new Beginning(null, kept(StreamRequest.moment("since", since)));
    }
    return new Beginning(
        store
            .find(caller.namespace().value(), since.toLowerCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    new ApiFailure(
                        HttpStatus.GONE,
                        "since names no event that is kept; a date and time is understood too")),
        null);
  }

  private Instant kept(Instant since) {
    var dropped = store.dropped().at();
    if (!since.isAfter(dropped)) {
      throw new ApiFailure(
          HttpStatus.GONE, "since must be after %s: events up to then are gone".formatted(dropped));
    }
    return since;
  }

  private static String text(StreamEvent event) {
    var thing = event.thing();
    return "%s %s %s: %s %s%n"
        .formatted(
            event.json().get("datetime"),
            thing.type().text(),
            thing.verb().text(),
            thing.state(),
            thing.resourceUri());
  }
}
