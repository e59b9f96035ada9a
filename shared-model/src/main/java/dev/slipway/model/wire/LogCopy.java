package dev.slipway.model.wire;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Which copy of the log a reader follows: Kafka's copy is made anew in each epoch.
 *
 * @param installation whose log it is
 */
public record LogCopy(String installation, int epoch) {

  /** The copy that a record is of; empty for records of writers that did not stamp. */
  public static Optional<LogCopy> of(Headers headers) {
    return LogStamp.read(headers).map(stamp -> new LogCopy(stamp.installation(), stamp.epoch()));
  }

  /** Whether a reader of this copy must forget what it has read and follow the other. */
  public boolean isReplacedBy(LogCopy other) {
    return !installation.equals(other.installation) || epoch < other.epoch;
  }
}
