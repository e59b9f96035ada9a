package dev.slipway.query.logs;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** How much is kept in which page, so that nobody has to look through all lines for it. */
final class KeptPages {

  /**
   * One page of a partition.
   *
   * @param size of the texts together
   * @param oldest nanoseconds since 1970
   */
  record Page(int partition, long number, long lines, long size, long oldest, long newest) {

    static Page of(Kept kept) {
      return new Page(kept.partition, kept.page, 1, kept.size, kept.time, kept.time);
    }

    private Page and(Page more) {
      return new Page(
          partition,
          number,
          lines + more.lines,
          size + more.size,
          Math.min(oldest, more.oldest),
          Math.max(newest, more.newest));
    }
  }

  /** What there is to know of one line. */
  record Kept(int partition, long page, long arrival, long time, long size) {}

  private final TreeMap<Integer, TreeMap<Long, Page>> partitions = new TreeMap<>();
  private long lines;
  private long size;

  void add(Kept kept) {
    var page = Page.of(kept);
    partitions
        .computeIfAbsent(page.partition, _ -> new TreeMap<>())
        .merge(page.number, page, Page::and);
    lines += page.lines;
    size += page.size;
  }

  void remove(Page page) {
    var pages = partitions.getOrDefault(page.partition, new TreeMap<>());
    var removed = pages.remove(page.number);
    if (pages.isEmpty()) {
      partitions.remove(page.partition);
    }
    if (removed != null) {
      lines -= removed.lines;
      size -= removed.size;
    }
  }

  /** The page has become this. */
  void replace(Page page, Collection<Kept> left) {
    remove(page);
    left.forEach(this::add);
  }

  void clear() {
    partitions.clear();
    lines = 0;
    size = 0;
  }

  long lines() {
    return lines;
  }

  long size() {
    return size;
  }

  /** Those with lines that are older than that. */
  List<Page> olderThan(long time) {
    return partitions.values().stream()
        .flatMap(pages -> pages.values().stream())
        .filter(page -> page.oldest < time)
        .toList();
  }

  /** Where nothing has come for the longest time; each partition loses its first page first. */
  Optional<Page> first() {
    return partitions.values().stream()
        .map(all -> all.firstEntry().getValue())
        .min(Comparator.comparingLong(Page::newest));
  }
}
