package dev.slipway.query.projection;

import dev.slipway.model.wire.LogCopy;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/** Which copy of the log the views of one loop are made from. */
final class FollowedCopy {

  private final String loop;
  private final OffsetStore store;
  private @Nullable LogCopy followed;

  FollowedCopy(String loop, OffsetStore store) {
    this.loop = loop;
    this.store = store;
    this.followed = store.copy(loop).orElse(null);
  }

  /** Kafka's copy of the log was made anew: the views do not follow from it. */
  static final class Replaced extends RuntimeException {
    private final transient LogCopy copy;

    Replaced(LogCopy copy) {
      super("Kafka's copy of the log was made anew: " + copy, null, false, false);
      this.copy = copy;
    }

    LogCopy copy() {
      return copy;
    }
  }

  /**
   * @throws Replaced if one of the records is of a copy that replaces the one followed
   */
  void check(ConsumerRecords<String, byte[]> records) {
    for (var kafka : records) {
      var next = LogCopy.of(kafka.headers()).orElse(null);
      if (next == null || next.equals(followed)) {
        continue;
      }
      if (followed == null) {
        follow(next);
      } else if (followed.isReplacedBy(next)) {
        throw new Replaced(next);
      }
    }
  }

  /** Whether a record is of an earlier copy than the one followed. */
  boolean isOutdated(ConsumerRecord<String, byte[]> kafka) {
    var next = LogCopy.of(kafka.headers()).orElse(null);
    return followed != null && next != null && !next.equals(followed);
  }

  private void follow(LogCopy copy) {
    store.store(loop, copy);
    followed = copy;
  }
}
