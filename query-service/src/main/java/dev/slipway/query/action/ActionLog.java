package dev.slipway.query.action;

import dev.slipway.model.action.Action;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.query.container.Containers;
import dev.slipway.query.events.EventFeed;
import dev.slipway.query.history.EventWords;
import dev.slipway.query.history.History;
import dev.slipway.query.stream.Sink;
import dev.slipway.query.stream.Source;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened in an action, line by line, until it has ended. */
final class ActionLog implements Source<ActionLog.Line> {

  private static final Duration PULSE = Duration.ofSeconds(1);
  private static final Duration LATENESS = Duration.ofSeconds(2);

  /**
   * @param number counts the lines from 0; the same line always has the same one
   */
  record Line(int number, Instant at, String text) {}

  /**
   * Which lines.
   *
   * @param tail how many of the last that are there at the beginning
   * @param grep is anywhere in them, as it is: no regular expression
   */
  record Wanted(int tail, @Nullable Instant since, @Nullable Instant until, @Nullable String grep) {

    private boolean includes(Line line) {
      return (since == null || !line.at().isBefore(since))
          && (until == null || !line.at().isAfter(until))
          && (grep == null || line.text().contains(grep));
    }

    private List<Line> of(List<Line> lines) {
      return lines.stream().filter(this::includes).toList();
    }

    private List<Line> lastOf(List<Line> lines) {
      var all = of(lines);
      return all.subList(Math.max(0, all.size() - tail), all.size());
    }
  }

  /** What it is read from. */
  record Sources(Actions actions, History history, Containers containers, EventFeed feed) {}

  private final Sources sources;
  private final Action action;
  private final boolean follow;
  private final Wanted wanted;
  private final Map<ContainerId, String> names = new HashMap<>();
  private int given;
  private @Nullable Instant endSeen;

  /**
   * @param given how many lines the reader has already
   */
  ActionLog(Sources sources, Action action, boolean follow, Wanted wanted, int given) {
    this.sources = sources;
    this.action = action;
    this.follow = follow;
    this.wanted = wanted;
    this.given = given;
  }

  @Override
  public void run(Sink<Line> sink) throws IOException, InterruptedException {
    try (var signal = sources.feed().signal(action.request().namespace().value())) {
      sink.send(List.of());
      boolean begun = false;
      while (true) {
        var now = current();
        var past = sources.history().of(action.id());
        boolean over = isOver(now.orElse(action), past);
        var lines = lines(now.orElse(action), past, over);
        if (lines.size() > given) {
          var fresh = lines.subList(given, lines.size());
          sink.send(begun ? wanted.of(fresh) : wanted.lastOf(fresh));
          given = lines.size();
        }
        begun = true;
        if (over || !follow || signal.isClosed()) {
          return;
        }
        signal.await(PULSE);
        sink.pulse();
      }
    }
  }

  private Optional<Action> current() {
    return sources.actions().find(Set.of(action.request().namespace()), action.id().value());
  }

  /** The end of an action may be known before the events that it led to. */
  private boolean isOver(Action now, List<History.Entry> past) {
    if (!now.state().isOver()) {
      return false;
    }
    if (endSeen == null) {
      endSeen = Instant.now();
    }
    boolean whole =
        past.isEmpty()
            ? now.state() == ActionState.FAILED
            : past.stream().noneMatch(one -> begins(one.event(), now))
                || past.getLast().event() instanceof OperationEnded;
    return whole || endSeen.plus(LATENESS).isBefore(Instant.now());
  }

  private static boolean begins(ServiceEvent event, Action action) {
    return event instanceof OperationBegun begun && begun.operation().equals(action.id());
  }

  private List<Line> lines(Action now, List<History.Entry> happened, boolean over) {
    var lines = new ArrayList<Line>();
    var request = now.request();
    var user = request.origin().user();
    add(lines, now.started(), request.name() + (user.isEmpty() ? "" : ", asked for by " + user));
    request.warnings().forEach(warning -> add(lines, now.started(), "Warning: " + warning));
    for (var past : happened) {
      add(lines, past.at(), EventWords.of(past.event(), this::name));
    }
    if (over) {
      var reason = now.reason();
      add(lines, ended(now), now.state().text() + (reason == null ? "" : ": " + reason));
    }
    return lines;
  }

  private static Instant ended(Action now) {
    @Nullable Instant ended = now.ended();
    return ended == null ? now.started() : ended;
  }

  private static void add(List<Line> lines, Instant at, String text) {
    lines.add(new Line(lines.size(), at, text));
  }

  /** A container has its name from the service, which may be gone already. */
  private String name(ContainerId container) {
    return names.computeIfAbsent(
        container,
        id ->
            sources
                .containers()
                .find(action.request().namespace(), id.value())
                .map(view -> view.service().name(view.container()))
                .orElse("container " + id));
  }
}
