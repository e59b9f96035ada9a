package dev.slipway.query.logs;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How much of the topic has arrived: by partition the number of the last line. */
final class Arrived {

  static final Arrived NOTHING = new Arrived(new TreeMap<>());

  private final int[] partitions;
  private final long[] numbers;

  Arrived(SortedMap<Integer, Long> last) {
    this.partitions = last.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.numbers = last.values().stream().mapToLong(Long::longValue).toArray();
  }

  /** One of the same partitions. */
  private Arrived(int[] partitions, long[] numbers) {
    this.partitions = partitions;
    this.numbers = numbers;
  }

  SortedMap<Integer, Long> last() {
    return Collections.unmodifiableSortedMap(copy());
  }

  private TreeMap<Integer, Long> copy() {
    var last = new TreeMap<Integer, Long>();
    for (int i = 0; i < partitions.length; i++) {
      last.put(partitions[i], numbers[i]);
    }
    return last;
  }

  /** -1 if nothing of the partition has. */
  long of(int partition) {
    int at = Arrays.binarySearch(partitions, partition);
    return at < 0 ? -1 : numbers[at];
  }

  boolean includes(KeptLine line) {
    return line.arrival() <= of(line.partition());
  }

  Arrived with(KeptLine line) {
    int at = Arrays.binarySearch(partitions, line.partition());
    if (at < 0) {
      return with(Map.of(line.partition(), line.arrival()));
    }
    if (line.arrival() <= numbers[at]) {
      return this;
    }
    var more = numbers.clone();
    more[at] = line.arrival();
    return new Arrived(partitions, more);
  }

  /** All that either of them knows of. */
  Arrived and(Arrived other) {
    var more = copy();
    other.copy().forEach((partition, arrival) -> more.merge(partition, arrival, Math::max));
    return new Arrived(more);
  }

  Arrived with(Map<Integer, Long> newer) {
    var more = copy();
    more.putAll(newer);
    return new Arrived(more);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Arrived same
        && Arrays.equals(partitions, same.partitions)
        && Arrays.equals(numbers, same.numbers);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(partitions) + Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return copy().toString();
  }
}
