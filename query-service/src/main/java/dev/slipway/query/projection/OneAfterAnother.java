package dev.slipway.query.projection;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads one partition of those that are far ahead of the views, then the next: what is read
 * together is then of fewer things, each of which is written once.
 */
final class OneAfterAnother {

  /**
   * Not far: about a poll. The next partition is asked for before this one ends, since a fetch that
   * finds nothing keeps the consumer from another for half a second.
   */
  private static final long LITTLE = 2_000;

  private final Consumer<?, ?> consumer;
  private final Set<TopicPartition> waiting = new HashSet<>();

  OneAfterAnother(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  /**
   * Lets all of them wait but one, which is the same as before as long as it is among them, and
   * those with little left.
   *
   * @param left how many records of partitions that are ahead; empty if nothing is to wait any more
   */
  void choose(Map<TopicPartition, Long> left) {
    if (left.isEmpty() && waiting.isEmpty()) {
      return;
    }
    waiting.retainAll(consumer.paused());
    var far = new HashMap<>(left);
    far.values().removeIf(records -> records <= LITTLE);
    var others = far.keySet();
    others.stream()
        .filter(partition -> !waiting.contains(partition))
        .findFirst()
        .or(() -> others.stream().findFirst())
        .ifPresent(others::remove);
    waiting.removeAll(others);
    consumer.resume(waiting);
    consumer.pause(others);
    waiting.clear();
    waiting.addAll(others);
  }
}
