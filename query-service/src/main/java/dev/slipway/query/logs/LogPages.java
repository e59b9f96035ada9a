package dev.slipway.query.logs;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** The stored lines of one partition between two arrivals, a page of them in memory at a time. */
final class LogPages implements Iterator<KeptLine> {

  private static final long WORTH_A_SEARCH = 20;

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
    if ((to - from) / LogDocument.PAGE > WORTH_A_SEARCH) {
      read = store.firstAfter(target, partition, from).map(line -> line.arrival() - 1).orElse(to);
    }
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && read < to) {
      long number = (read + 1) / LogDocument.PAGE;
      for (var line : store.page(target, partition, number, read)) {
        if (line.arrival() <= to) {
          page.add(line);
        }
      }
      read = (number + 1) * LogDocument.PAGE - 1;
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
