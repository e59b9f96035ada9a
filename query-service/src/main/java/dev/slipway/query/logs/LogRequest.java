package dev.slipway.query.logs;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.container.LogLine;
import dev.slipway.query.stream.StreamRequest;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a stream of lines.
 *
 * @param tail how many of the last lines
 * @param follow whether the lines that come then are wanted too
 * @param from where an earlier stream was left, null if this one is new
 */
record LogRequest(
    LogTarget target, int tail, boolean follow, Wanted wanted, @Nullable LogPosition from) {

  private static final int DEFAULT_TAIL = 300;
  private static final int LONGEST_TAIL = 10_000;

  /**
   * Which lines.
   *
   * @param grep is anywhere in them, as it is: no regular expression
   */
  record Wanted(@Nullable Instant since, @Nullable Instant until, @Nullable String grep) {

    static final Wanted ALL = new Wanted(null, null, null);

    boolean includes(LogLine line) {
      return (since == null || !line.time().isBefore(since))
          && (until == null || !line.time().isAfter(until))
          && (grep == null || line.text().contains(grep));
    }
  }

  /**
   * @throws InvalidInput naming the parameter and the rule that it breaks
   */
  static LogRequest of(LogTarget target, StreamRequest request) {
    var from = from(request);
    var sinceText = request.text("since");
    var since =
        sinceText == null || LogPosition.isMeant(sinceText)
            ? null
            : StreamRequest.moment("since", sinceText);
    var wanted = new Wanted(since, request.moment("until"), request.text("grep"));
    return new LogRequest(
        target,
        tail(request, since != null),
        request.flag("follow", request.shape() != StreamRequest.Shape.TEXT),
        wanted,
        from);
  }

  /** A reader that comes again has come further than the address it comes with says. */
  private static @Nullable LogPosition from(StreamRequest request) {
    var last = request.lastEventId();
    if (last != null) {
      return LogPosition.parse("Last-Event-ID", last);
    }
    var since = request.text("since");
    return since != null && LogPosition.isMeant(since) ? LogPosition.parse("since", since) : null;
  }

  /** Who names a beginning wants all from there. */
  private static int tail(StreamRequest request, boolean hasBeginning) {
    var tail = request.number("tail", 0);
    if (tail == null && hasBeginning) {
      return Integer.MAX_VALUE;
    }
    return Math.min(Objects.requireNonNullElse(tail, DEFAULT_TAIL), LONGEST_TAIL);
  }
}
