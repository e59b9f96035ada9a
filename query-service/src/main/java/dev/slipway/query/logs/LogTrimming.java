package dev.slipway.query.logs;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.FindIterable;
import com.mongodb.client.model.Projections;
import dev.slipway.model.container.LogLines;
import dev.slipway.query.logs.KeptPages.Page;
import dev.slipway.query.projection.ViewCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Keeps what is stored within limits, page by page and chunk by chunk. It counts what it stores,
 * and looks at all that is there only if it is not about what was counted: at the beginning, or
 * when others store too.
 */
final class LogTrimming {

  private final ViewCollection chunks;
  private final KeptPages pages = new KeptPages();

  LogTrimming(ViewCollection chunks) {
    this.chunks = chunks;
  }

  synchronized void insert(List<LogChunk> added) {
    var documents = added.stream().map(LogDocument::of).toList();
    var there = Set.copyOf(chunks.insertNew(documents));
    for (var chunk : documents) {
      if (!there.contains(chunk.getString(ViewCollection.ID))) {
        pages.add(page(chunk));
      }
    }
  }

  /** How many lines are kept. */
  synchronized long lines() {
    countAgainIfOthersStore();
    return pages.lines();
  }

  private void countAgainIfOthersStore() {
    long stored = chunks.documents().estimatedDocumentCount();
    if (Math.abs(stored - pages.chunks()) > pages.chunks() / 10) {
      pages.clear();
      inOrder(chunks.documents().find()).forEach(pages::add);
    }
  }

  /** Of each chunk what there is to know, in the order of arrival. */
  private static List<Page> inOrder(FindIterable<Document> found) {
    var fields = List.of("partition", "arrival", "last", "oldest", "newest", "count", "size");
    var all = new ArrayList<Page>();
    found.projection(Projections.include(fields)).map(LogTrimming::page).into(all);
    all.sort(Comparator.comparingLong(Page::first));
    return all;
  }

  private static Page page(Document chunk) {
    return new Page(
        chunk.getInteger("partition"),
        chunk.getLong("arrival"),
        chunk.getLong("last"),
        1,
        chunk.getInteger("count"),
        chunk.getLong("size"),
        chunk.getLong("oldest"),
        chunk.getLong("newest"));
  }

  /** Drops the oldest until what is left is within both limits. */
  synchronized void dropAllBut(long count, long characters) {
    countAgainIfOthersStore();
    while (isTooMuch(0, 0, count, characters)) {
      var page = pages.first().orElseThrow();
      if (isTooMuch(page.lines(), page.size(), count, characters)) {
        drop(page, of(page), List.of());
      } else {
        dropOf(page, count, characters);
      }
    }
  }

  private boolean isTooMuch(long lessLines, long lessSize, long count, long characters) {
    return pages.lines() - lessLines > count || pages.size() - lessSize > characters;
  }

  /** Drops the first of the page, as much as has to go. */
  private void dropOf(Page page, long count, long characters) {
    var left = inOrder(chunks.documents().find(of(page)));
    long dropped = 0;
    long size = 0;
    long upTo = -1;
    while (!left.isEmpty() && isTooMuch(dropped, size, count, characters)) {
      var first = left.removeFirst();
      dropped += first.lines();
      size += first.size();
      upTo = first.last();
    }
    drop(page, and(of(page), lte("arrival", upTo)), left);
  }

  /** A chunk goes once all of it is older: a line stays up to a second longer. */
  synchronized void dropBefore(Instant moment) {
    countAgainIfOthersStore();
    long time = LogLines.nanos(moment);
    for (var page : pages.olderThan(time)) {
      if (page.newest() < time) {
        drop(page, of(page), List.of());
      } else {
        var left = inOrder(chunks.documents().find(of(page)));
        left.removeIf(chunk -> chunk.newest() < time);
        drop(page, and(of(page), lt("newest", time)), left);
      }
    }
  }

  private void drop(Page page, Bson which, List<Page> left) {
    chunks.documents().deleteMany(which);
    pages.replace(page, left);
  }

  private static Bson of(Page page) {
    return and(
        eq("partition", page.partition()),
        gte("arrival", page.first()),
        lte("arrival", page.last()));
  }
}
