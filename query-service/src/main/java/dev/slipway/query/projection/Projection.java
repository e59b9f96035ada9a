package dev.slipway.query.projection;

import dev.slipway.model.wire.Topics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one topic's records make of the views. Applying a record twice changes nothing, so offsets
 * may be stored late and records may come again.
 */
public interface Projection<M> {

  Topics topic();

  /** Makes the indexes of the views; called before each beginning. */
  void prepare();

  /** Removes its views: Kafka's copy of the log was made anew, and the views may be ahead of it. */
  default void forget() {}

  /** What is done with a record that can not be read. */
  Unreadable unreadable();

  /** What is read where nothing of the topic is in the views. */
  default Newest newest() {
    return Newest.ALL;
  }

  /** Reads one record; throws anything if it can not. */
  M read(ConsumerRecord<String, byte[]> kafka);

  /**
   * Brings the views up to these. When it returns, they are written.
   *
   * @throws EventsMissing if the views can not be brought there from where they are
   */
  void apply(List<Message<M>> messages) throws EventsMissing;

  /** A record as it was read, and where it stood. */
  record Message<M>(int partition, long offset, M value) {}

  /** What an unreadable record is a sign of. */
  enum Unreadable {
    /** A log that is newer than this program: the partition stops there, loudly. */
    STOPS,
    /** A message that is worth no stop: it is passed over, with a warning. */
    IS_PASSED_OVER
  }
}
