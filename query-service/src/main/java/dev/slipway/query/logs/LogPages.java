package dev.slipway.query.logs;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** The stored lines of one partition between two arrivals, a page of them in memory at a time. */
final class LogPages implements Iterator<KeptLine> {

  private static final int LINES = 500;

  private final LogStore store;
  private final LogTarget target;
  private final int partition;
  private final long to;
  private final Queue<KeptLine> page = new ArrayDeque<>();
  private long read;

  /**
   * @param from arrival after which lines are read
   * @param to the last arrival that is read
   */
  LogPages(LogStore store, LogTarget target, int partition, long from, long to) {
    this.store = store;
    this.target = target;
    this.partition = partition;
    this.to = to;
    this.read = from;
  }

  @Override
  public boolean hasNext() {
    if (page.isEmpty() && read < to) {
      long after = read;
      read = to;
      for (var chunk : store.arrived(target, partition, after, to, LINES)) {
        for (var line : chunk.lines()) {
          if (line.arrival() > after && line.arrival() <= to) {
            page.add(line);
          }
        }
        read = chunk.lastArrival();
      }
    }
    return !page.isEmpty();
  }

  /** Without taking it. */
  KeptLine peek() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.element();
  }

  @Override
  public KeptLine next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }
}
