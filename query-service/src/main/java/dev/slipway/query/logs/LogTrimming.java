package dev.slipway.query.logs;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.FindIterable;
import com.mongodb.client.model.Projections;
import dev.slipway.query.logs.KeptPages.Kept;
import dev.slipway.query.logs.KeptPages.Page;
import dev.slipway.query.projection.ViewCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Keeps what is stored within limits, page by page. It counts what it stores, and looks at all that
 * is there only if it is not about what was counted: at the beginning, or when others store too.
 */
final class LogTrimming {

  private final ViewCollection lines;
  private final KeptPages pages = new KeptPages();

  LogTrimming(ViewCollection lines) {
    this.lines = lines;
  }

  /**
   * @return the ids of those that were there
   */
  synchronized Set<String> insert(List<KeptLine> added) {
    var there = new TreeSet<>(lines.insertNew(added.stream().map(LogDocument::of).toList()));
    for (var line : added) {
      if (there.isEmpty() || !there.contains(LogDocument.id(line.line()))) {
        pages.add(kept(LogDocument.of(line)));
      }
    }
    return there;
  }

  private static Kept kept(Document line) {
    return new Kept(
        line.getInteger("partition", 0),
        line.get("page", 0L),
        line.get("arrival", -1L),
        line.getLong("time"),
        line.getInteger("size", 0));
  }

  private void countAgainIfOthersStore() {
    long stored = lines.documents().estimatedDocumentCount();
    if (Math.abs(stored - pages.lines()) > pages.lines() / 10) {
      pages.clear();
      known(lines.documents().find()).forEach(line -> pages.add(kept(line)));
    }
  }

  private static FindIterable<Document> known(FindIterable<Document> found) {
    return found.projection(Projections.include("partition", "page", "arrival", "time", "size"));
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

  /** Drops the first of the page, but not all of it. */
  private void dropOf(Page page, long count, long characters) {
    var left = content(page);
    long dropped = 0;
    long size = 0;
    long upTo = -1;
    while (!left.isEmpty() && isTooMuch(dropped, size, count, characters)) {
      var first = left.removeFirst();
      dropped++;
      size += first.size();
      upTo = first.arrival();
    }
    drop(page, and(of(page), lte("arrival", upTo)), left);
  }

  synchronized void dropBefore(Instant moment) {
    countAgainIfOthersStore();
    long time = LogDocument.nanos(moment);
    for (var page : pages.olderThan(time)) {
      if (page.newest() < time) {
        drop(page, of(page), List.of());
      } else {
        var left = content(page);
        left.removeIf(line -> line.time() < time);
        drop(page, and(of(page), lt("time", time)), left);
      }
    }
  }

  private void drop(Page page, Bson which, List<Kept> left) {
    lines.documents().deleteMany(which);
    pages.replace(page, left);
  }

  /** In the order of arrival. */
  private List<Kept> content(Page page) {
    var content = known(lines.documents().find(of(page))).map(LogTrimming::kept);
    var sorted = content.into(new ArrayList<>());
    sorted.sort(Comparator.comparingLong(Kept::arrival));
    return sorted;
  }

  private static Bson of(Page page) {
    return and(eq("partition", page.partition()), eq("page", page.number()));
  }
}
