package dev.slipway.command.publishing;

/** Kafka has the log of another installation: nothing may be written to it. */
final class ForeignKafka extends RuntimeException {

  ForeignKafka(String other, String own) {
    super(
        ("Kafka has the log of installation %s, PostgreSQL that of %s. Set SLIPWAY_KAFKA and"
                + " SLIPWAY_POSTGRES to servers that belong together")
            .formatted(other, own));
  }
}
