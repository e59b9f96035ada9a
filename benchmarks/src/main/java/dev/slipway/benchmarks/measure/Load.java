package dev.slipway.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Clients that send one request after the other, each as soon as the last was answered. */
public final class Load {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LONGEST_US = TimeUnit.MINUTES.toMicros(2);

  /** One client: its own connection, closed at the end. */
  public interface Client extends AutoCloseable {

    /** Sends one request and waits for its answer; throws unless all went as it should. */
    void request() throws Exception;

    @Override
    default void close() {}
  }

  /** What came of it. Latencies in microseconds. */
  public record Outcome(long requests, double seconds, Histogram latencies) {

    public double perSecond() {
      return requests / seconds;
    }

    public double millis(double percentile) {
      return latencies.getValueAtPercentile(percentile) / 1_000.0;
    }
  }

  /** A run in which anything failed says nothing. */
  public static final class VoidRun extends RuntimeException {

    VoidRun(int errors, Throwable first) {
      super("%d clients failed, the first: %s".formatted(errors, first), first);
    }
  }

  private final Histogram latencies = new ConcurrentHistogram(1, LONGEST_US, 3);
  private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private final CountDownLatch ready;
  private final long length;
  private final AtomicLong left;

  private Load(int clients, Duration duration, long requests) {
    this.ready = new CountDownLatch(clients);
    this.length = duration.toNanos();
    this.left = new AtomicLong(requests);
  }

  /**
   * @throws VoidRun if any request failed
   */
  public static Outcome run(int clients, Duration duration, IntFunction<Client> client)
      throws InterruptedException {
    return atMost(Long.MAX_VALUE, clients, duration, client);
  }

  /**
   * So many requests of all clients together, fewer if they take longer than that.
   *
   * @throws VoidRun if any request failed
   */
  public static Outcome atMost(
      long requests, int clients, Duration longest, IntFunction<Client> client)
      throws InterruptedException {
    return new Load(clients, longest, requests).outcome(clients, client);
  }

  private Outcome outcome(int clients, IntFunction<Client> client) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      int number = i;
      threads.add(
          Thread.ofPlatform().name("client-" + i).daemon().start(() -> work(client, number)));
    }
    ready.await();
    long begin = System.nanoTime();
    go.countDown();
    for (var thread : threads) {
      if (!thread.join(PATIENCE.plusNanos(length))) {
        errors.add(new IllegalStateException("a request was not answered at all"));
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    var first = errors.peek();
    if (first != null) {
      throw new VoidRun(errors.size(), first);
    }
    return new Outcome(latencies.getTotalCount(), seconds, latencies);
  }

  private void work(IntFunction<Client> clients, int number) {
    try (var client = opened(clients, number)) {
      go.await();
      long end = System.nanoTime() + length;
      for (long begin = System.nanoTime(); begin < end && left.getAndDecrement() > 0; ) {
        client.request();
        long now = System.nanoTime();
        latencies.recordValue(Math.clamp((now - begin) / 1_000, 1, LONGEST_US));
        begin = now;
      }
    } catch (Throwable failure) {
      errors.add(failure);
    }
  }

  private Client opened(IntFunction<Client> clients, int number) {
    try {
      return clients.apply(number);
    } finally {
      ready.countDown();
    }
  }
}
