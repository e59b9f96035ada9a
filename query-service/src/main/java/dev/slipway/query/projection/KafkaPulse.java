package dev.slipway.query.projection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.TimeoutException;

/** Tells a quiet log from a broker that is gone: a consumer's poll gives nothing in both cases. */
final class KafkaPulse {

  private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(3);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Consumer<String, byte[]> consumer;
  private final ProjectionStatus status;
  private long last = System.nanoTime();

  KafkaPulse(Consumer<String, byte[]> consumer, ProjectionStatus status) {
    this.consumer = consumer;
    this.status = status;
  }

  void felt() {
    last = System.nanoTime();
  }

  void feel() {
    if (System.nanoTime() - last < EVERY_NS) {
      return;
    }
    try {
      consumer.endOffsets(consumer.assignment(), PATIENCE);
      status.works();
    } catch (TimeoutException gone) {
      status.inTrouble("Kafka does not answer");
    }
    felt();
  }
}
