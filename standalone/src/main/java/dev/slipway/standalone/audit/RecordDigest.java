package dev.slipway.standalone.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.model.wire.LogStamp;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A digest of a record, 24 bytes long, so that a log of millions fits into memory.
 *
 * @param id of the event
 * @param value of the bytes of the event
 * @param attributes of the key and all headers but the stamp
 */
record RecordDigest(long id, long value, long attributes) {

  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(RecordDigest::sha256);

  static RecordDigest of(
      @Nullable String key, byte @Nullable [] value, Headers headers, String id) {
    var sorted = new TreeMap<String, String>();
    for (var header : headers) {
      if (!LogStamp.HEADERS.contains(header.key())) {
        sorted.put(header.key(), new String(header.value(), UTF_8));
      }
    }
    return new RecordDigest(
        hash(id.getBytes(UTF_8)),
        value == null ? 0 : hash(value),
        hash((key + " " + sorted).getBytes(UTF_8)));
  }

  private static long hash(byte[] bytes) {
    return ByteBuffer.wrap(DIGEST.get().digest(bytes)).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
