package dev.slipway.query.logs;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How much of the topic has arrived: by partition the number of the last line. */
record Arrived(SortedMap<Integer, Long> last) {

  static final Arrived NOTHING = new Arrived(new TreeMap<>());

  Arrived {
    last = Collections.unmodifiableSortedMap(new TreeMap<>(last));
  }

  /** -1 if nothing of the partition has. */
  long of(int partition) {
    return last.getOrDefault(partition, -1L);
  }

  boolean includes(KeptLine line) {
    return line.arrival() <= of(line.partition());
  }

  Arrived with(KeptLine line) {
    var more = new TreeMap<>(last);
    more.merge(line.partition(), line.arrival(), Math::max);
    return new Arrived(more);
  }

  /** All that either of them knows of. */
  Arrived and(Arrived other) {
    var more = new TreeMap<>(last);
    other.last.forEach((partition, arrival) -> more.merge(partition, arrival, Math::max));
    return new Arrived(more);
  }

  Arrived with(Map<Integer, Long> newer) {
    var more = new TreeMap<>(last);
    more.putAll(newer);
    return new Arrived(more);
  }
}
