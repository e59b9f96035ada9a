package dev.slipway.query.projection;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads one partition of those that are far ahead of the views, then the next: what is read
 * together is then of fewer things, each of which is written once.
 */
final class OneAfterAnother {

  private final Consumer<?, ?> consumer;
  private final Set<TopicPartition> waiting = new HashSet<>();

  OneAfterAnother(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  /**
   * Lets all of them wait but one, which is the same as before as long as it is among them.
   *
   * @param ahead none if nothing is to wait any more
   */
  void choose(Collection<TopicPartition> ahead) {
    if (ahead.isEmpty() && waiting.isEmpty()) {
      return;
    }
    waiting.retainAll(consumer.paused());
    var others = new HashSet<>(ahead);
    ahead.stream()
        .filter(partition -> !waiting.contains(partition))
        .findFirst()
        .or(() -> ahead.stream().findFirst())
        .ifPresent(others::remove);
    waiting.removeAll(others);
    consumer.resume(waiting);
    consumer.pause(others);
    waiting.clear();
    waiting.addAll(others);
  }
}
