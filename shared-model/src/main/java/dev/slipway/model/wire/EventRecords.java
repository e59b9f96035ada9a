package dev.slipway.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Events as Kafka records: the payload is the value, CloudEvents attributes (binary mode, spec 1.0)
 * and the metadata are headers.
 */
public final class EventRecords {

  private static final String TYPE = "ce_type";
  private static final String REVISION = "revision";
  private static final String ID = "ce_id";
  private static final String TIME = "ce_time";
  private static final String SUBJECT = "ce_subject";
  private static final String SEQUENCE = "sequence";
  private static final String POSITION = "position";
  private static final Set<String> NOT_METADATA =
      Set.of(
          TYPE,
          REVISION,
          ID,
          TIME,
          SUBJECT,
          SEQUENCE,
          POSITION,
          "ce_specversion",
          "ce_source",
          "content-type");

  private EventRecords() {}

  /** The record of an event whose payload is still as it is stored. */
  public static ProducerRecord<String, byte[]> write(
      Topics topic, Envelope<byte[]> envelope, String type, String revision) {
    return write(topic, null, envelope, type, revision);
  }

  /**
   * The record of an event whose payload is still as it is stored.
   *
   * @param partition null for the one that its key gives
   */
  public static ProducerRecord<String, byte[]> write(
      Topics topic,
      @Nullable Integer partition,
      Envelope<byte[]> envelope,
      String type,
      String revision) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("ce_specversion", "1.0");
    headers.put(ID, envelope.id());
    headers.put("ce_source", "/slipway/" + topic.topic());
    headers.put(TYPE, type);
    headers.put(TIME, envelope.at().toString());
    headers.put(SUBJECT, envelope.subject());
    headers.put("content-type", "application/json");
    headers.put(REVISION, revision);
    headers.put(SEQUENCE, Long.toString(envelope.sequence()));
    headers.put(POSITION, Long.toString(envelope.position()));
    headers.putAll(envelope.metadata());
    List<Header> written =
        headers.entrySet().stream()
            .<Header>map(h -> new RecordHeader(h.getKey(), h.getValue().getBytes(UTF_8)))
            .toList();
    return new ProducerRecord<>(
        topic.topic(),
        partition,
        envelope.at().toEpochMilli(),
        envelope.subject(),
        envelope.event(),
        written);
  }

  /** The id of the event whose record has these headers. */
  public static String id(Headers headers) {
    return header(headers, ID);
  }

  /** The sequence number of the event whose record has these headers. */
  public static long sequence(Headers headers) {
    return Long.parseLong(header(headers, SEQUENCE));
  }

  private static String header(Headers headers, String name) {
    return new String(Objects.requireNonNull(headers.lastHeader(name), name).value(), UTF_8);
  }

  /**
   * @throws UnreadableEvent if this program cannot know what happened
   */
  public static Envelope<Object> read(ConsumerRecord<String, byte[]> kafka) {
    var headers = new HashMap<String, String>();
    var metadata = new HashMap<String, String>();
    for (var header : kafka.headers()) {
      if (LogStamp.HEADERS.contains(header.key())) {
        continue;
      }
      var one = NOT_METADATA.contains(header.key()) ? headers : metadata;
      one.put(header.key(), new String(header.value(), UTF_8));
    }
    return new Envelope<>(
        value(headers, ID),
        value(headers, SUBJECT),
        Long.parseLong(value(headers, SEQUENCE)),
        Long.parseLong(value(headers, POSITION)),
        Instant.parse(value(headers, TIME)),
        metadata,
        event(kafka, headers));
  }

  /** The sequence number in a record that may be damaged; -1 if it has none. */
  public static long sequenceOf(ConsumerRecord<?, ?> kafka) {
    return number(kafka, SEQUENCE);
  }

  /** The position in the log in a record that may be damaged; -1 if it has none. */
  public static long positionOf(ConsumerRecord<?, ?> kafka) {
    return number(kafka, POSITION);
  }

  private static long number(ConsumerRecord<?, ?> kafka, String name) {
    var header = kafka.headers().lastHeader(name);
    try {
      return header == null ? -1 : Long.parseLong(new String(header.value(), UTF_8));
    } catch (NumberFormatException broken) {
      return -1;
    }
  }

  private static Object event(ConsumerRecord<String, byte[]> kafka, Map<String, String> headers) {
    if (kafka.value() == null) {
      throw new UnreadableEvent("the record has no value");
    }
    return StoredEvents.read(
        kafka.value(), value(headers, TYPE), headers.get(REVISION), value(headers, SUBJECT));
  }

  private static String value(Map<String, String> headers, String name) {
    var value = headers.get(name);
    if (value == null) {
      throw new UnreadableEvent("the record lacks its header " + name);
    }
    return value;
  }
}
