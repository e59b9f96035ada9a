package dev.slipway.query.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes which readers are let go of and why, whether or not they can still be told. */
final class Drops {

  private static final Logger LOG = LoggerFactory.getLogger(Drops.class);

  private final MeterRegistry meters;

  Drops(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * @param end of a stream; a reader that left by itself is passed over
   */
  void note(Exception end) {
    var drop = ReaderTooSlow.of(end);
    if (drop == null) {
      return;
    }
    LOG.info("A reader of a stream is let go: {}", drop.reason());
    Counter.builder("slipway.streams.dropped")
        .description("Readers that were let go of")
        .tag("reason", drop.reason())
        .register(meters)
        .increment();
  }
}
