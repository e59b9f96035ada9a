package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a collection by position, each encoded: one object in memory in place of some
 * fifty, and whoever reads one gets a copy. Not safe for several threads.
 */
final class StoredDocuments {

  private final List<byte @Nullable []> encoded = new ArrayList<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private final ByteBuf buffer = Unpooled.buffer();
  private long bytes;

  int count() {
    return encoded.size() - free.size();
  }

  long bytes() {
    return bytes;
  }

  int add(Document document) {
    var reused = free.poll();
    if (reused == null) {
      encoded.add(encode(document));
      return encoded.size() - 1;
    }
    encoded.set(reused, encode(document));
    return reused;
  }

  void replace(int position, Document document) {
    forget(position);
    encoded.set(position, encode(document));
  }

  void remove(int position) {
    forget(position);
    encoded.set(position, null);
    free.add(position);
  }

  private void forget(int position) {
    bytes -= stored(position).length;
  }

  Document get(int position) {
    return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(stored(position)));
  }

  private byte[] stored(int position) {
    var stored = encoded.get(position);
    if (stored == null) {
      throw new IllegalArgumentException("no document is at " + position);
    }
    return stored;
  }

  /** Of all documents, in their order. */
  IntStream positions() {
    return IntStream.range(0, encoded.size()).filter(position -> encoded.get(position) != null);
  }

  private byte[] encode(Document document) {
    BsonEncoder.encodeDocument(document, buffer.clear());
    var made = ByteBufUtil.getBytes(buffer);
    bytes += made.length;
    return made;
  }
}
