package dev.slipway.query.logs;

import com.mongodb.client.MongoCursor;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Lines in the order of time, of chunks that come in the order of their oldest ones. */
final class LinesByTime implements Iterator<KeptLine>, AutoCloseable {

  private final MongoCursor<Document> chunks;
  private final Predicate<KeptLine> wanted;
  private final PriorityQueue<KeptLine> lines =
      new PriorityQueue<>(
          Comparator.comparingLong(KeptLine::time)
              .thenComparing(line -> line.line().container().value())
              .thenComparingLong(line -> line.line().offset()));
  private @Nullable LogChunk next;

  LinesByTime(MongoCursor<Document> chunks, Predicate<KeptLine> wanted) {
    this.chunks = chunks;
    this.wanted = wanted;
    readNext();
  }

  private void readNext() {
    next = chunks.hasNext() ? LogDocument.chunk(chunks.next()) : null;
  }

  @Override
  public boolean hasNext() {
    while (next != null && (lines.isEmpty() || lines.element().time() >= next.oldest())) {
      for (var line : next.lines()) {
        if (wanted.test(line)) {
          lines.add(line);
        }
      }
      readNext();
    }
    return !lines.isEmpty();
  }

  @Override
  public KeptLine next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return lines.remove();
  }

  @Override
  public void close() {
    chunks.close();
  }
}
