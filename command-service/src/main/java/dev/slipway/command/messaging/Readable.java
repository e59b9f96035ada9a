package dev.slipway.command.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be read of a topic on which everything is said again. A record that cannot be read is
 * passed over with a warning: one that waited for it would wait for ever, and all others with it.
 */
public final class Readable {

  private static final Logger LOG = LoggerFactory.getLogger(Readable.class);

  private Readable() {}

  /**
   * @param read throws if the bytes are no such message
   */
  public static <T> List<T> of(
      Iterable<ConsumerRecord<String, byte[]>> records, Function<byte[], T> read) {
    var messages = new ArrayList<T>();
    for (var one : records) {
      try {
        messages.add(read.apply(one.value()));
      } catch (RuntimeException unreadable) {
        LOG.warn(
            "Record {} of {}-{} can not be read: passed over",
            one.offset(),
            one.topic(),
            one.partition());
      }
    }
    return messages;
  }
}
