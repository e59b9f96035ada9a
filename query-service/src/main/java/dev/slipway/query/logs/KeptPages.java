package dev.slipway.query.logs;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** How much is kept where, so that nobody has to look through all lines for it. */
final class KeptPages {

  /** A page that has so many lines gets no more. */
  static final long ROOM = 500;

  /**
   * Chunks of a partition that arrived one after the other, one at least.
   *
   * @param first arrival of a line in it, and {@code last}
   * @param size of the texts together
   * @param oldest nanoseconds since 1970
   */
  record Page(
      int partition,
      long first,
      long last,
      long chunks,
      long lines,
      long size,
      long oldest,
      long newest) {

    private Page and(Page more) {
      return new Page(
          partition,
          first,
          Math.max(last, more.last),
          chunks + more.chunks,
          lines + more.lines,
          size + more.size,
          Math.min(oldest, more.oldest),
          Math.max(newest, more.newest));
    }

    private boolean takes(Page more) {
      return more.last <= last || lines + more.lines <= ROOM;
    }
  }

  private final TreeMap<Integer, TreeMap<Long, Page>> partitions = new TreeMap<>();
  private long chunks;
  private long lines;
  private long size;

  void add(Page chunk) {
    var pages = partitions.computeIfAbsent(chunk.partition, _ -> new TreeMap<>());
    var before = pages.floorEntry(chunk.first);
    var page = before != null && before.getValue().takes(chunk) ? before.getValue() : null;
    pages.put(page == null ? chunk.first : page.first, page == null ? chunk : page.and(chunk));
    count(chunk, 1);
  }

  private void count(Page page, int times) {
    chunks += times * page.chunks;
    lines += times * page.lines;
    size += times * page.size;
  }

  void remove(Page page) {
    var pages = partitions.getOrDefault(page.partition, new TreeMap<>());
    if (pages.remove(page.first, page)) {
      count(page, -1);
    }
    if (pages.isEmpty()) {
      partitions.remove(page.partition);
    }
  }

  /** These chunks are what is left of the page. */
  void replace(Page page, Collection<Page> left) {
    remove(page);
    left.forEach(this::add);
  }

  void clear() {
    partitions.clear();
    chunks = 0;
    lines = 0;
    size = 0;
  }

  long chunks() {
    return chunks;
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
