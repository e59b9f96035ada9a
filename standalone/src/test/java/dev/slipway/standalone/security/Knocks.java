package dev.slipway.standalone.security;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The first bytes of clients that have no credentials. */
final class Knocks {

  static final String HTTP = "http";
  static final String POSTGRES = "postgres";
  static final String MONGO = "mongo";
  static final String KAFKA = "kafka";
  static final String KAFKA_VERSIONS = "kafka-versions";

  private Knocks() {}

  static Map<String, byte[]> all() {
    var all = new LinkedHashMap<String, byte[]>();
    all.put(
        HTTP,
        text("GET /api/app/v1/service/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"));
    all.put(POSTGRES, postgres());
    all.put(MONGO, mongo());
    all.put(KAFKA, kafkaMetadata());
    all.put(KAFKA_VERSIONS, kafkaVersions());
    return all;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A start of the superuser's session. */
  private static byte[] postgres() {
    var parameters = text("user\0postgres\0database\0postgres\0\0");
    return ByteBuffer.allocate(8 + parameters.length)
        .putInt(8 + parameters.length)
        .putInt(3 << 16)
        .put(parameters)
        .array();
  }

  /** OP_MSG {@code {listDatabases: 1, $db: "admin"}}. */
  private static byte[] mongo() {
    var body = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    body.position(4);
    body.put((byte) 0x10).put(text("listDatabases\0")).putInt(1);
    body.put((byte) 0x02).put(text("$db\0")).putInt(6).put(text("admin\0"));
    body.put((byte) 0);
    int size = body.position();
    body.putInt(0, size);
    return ByteBuffer.allocate(21 + size)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(21 + size)
        .putInt(1)
        .putInt(0)
        .putInt(2013)
        .putInt(0)
        .put((byte) 0)
        .put(body.array(), 0, size)
        .array();
  }

  /** Metadata, version 12, of all topics. */
  private static byte[] kafkaMetadata() {
    return ByteBuffer.allocate(4 + 16)
        .putInt(16)
        .putShort((short) 3)
        .putShort((short) 12)
        .putInt(1)
        .putShort((short) 1)
        .put((byte) 'x')
        .put(new byte[5])
        .array();
  }

  /** ApiVersions, version 0, which Kafka answers before a login. */
  private static byte[] kafkaVersions() {
    return ByteBuffer.allocate(4 + 11)
        .putInt(11)
        .putShort((short) 18)
        .putShort((short) 0)
        .putInt(1)
        .putShort((short) 1)
        .put((byte) 'x')
        .array();
  }
}
