package dev.slipway.query.logs;

import dev.slipway.model.container.LogLines;
import dev.slipway.query.projection.Projections;
import org.jspecify.annotations.Nullable;

/** What a stream of lines reads from. */
record Logs(LogStore store, LogProgress progress, Followers followers, Projections projections) {

  /** Whether lines may be stored that this process never sees. */
  boolean areShared() {
    return projections.areShared();
  }

  /** A short mark of the topic that lines arrive in, null if it is not known. */
  @Nullable String topic() {
    return progress.topic();
  }

  /** Whether all lines behind a position can still be read, and it is one of this topic. */
  boolean keepAllAfter(LogPosition position) {
    var topic = topic();
    if (topic != null && position.topic() != null && !topic.equals(position.topic())) {
      return false;
    }
    var place = position.place();
    if (place != null
        && store.oldest().filter(line -> LogLines.nanos(line) > place.time()).isPresent()) {
      return false;
    }
    return arrived().last().entrySet().stream()
        .allMatch(
            part ->
                store.keptAfter(part.getKey()).orElse(part.getValue())
                    <= position.arrived().of(part.getKey()));
  }

  /** Up to where all lines are stored. */
  Arrived arrived() {
    return progress.arrived(areShared());
  }
}
