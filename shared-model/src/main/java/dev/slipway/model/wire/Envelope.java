package dev.slipway.model.wire;

import java.time.Instant;
import java.util.Map;

/**
 * An event with all that is known of it.
 *
 * @param id of this one event, the same however often it is sent
 * @param subject the uuid of what it happened to
 * @param sequence counts the events of the subject from 0 without a gap
 * @param position its number among all events: never the same for two, and rising but for
 *     transactions that overlapped
 * @param metadata who, from where and why, by the names in {@link MetadataKeys}
 */
public record Envelope<E>(
    String id,
    String subject,
    long sequence,
    long position,
    Instant at,
    Map<String, String> metadata,
    E event) {

  public Envelope {
    metadata = Map.copyOf(metadata);
  }
}
