package dev.slipway.standalone.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

/** How the process notices that a resource runs out, and what it does then. */
class LimitsTest {

  private static final long MB = 1024L * 1024L;

  private final Limits limits = new Limits();
  private final List<String> console = new CopyOnWriteArrayList<>();
  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final ProcessEnd end =
      new ProcessEnd() {
        @Override
        public void inOrder(String reason) {
          ends.add("in order: " + reason);
        }

        @Override
        public void atOnce(String reason) {
          ends.add("at once: " + reason);
        }
      };
  @TempDir Path folder;

  private LimitsWatch watch(long reserve) {
    return new LimitsWatch(limits, new DiskReserve(folder, reserve), console::add, end);
  }

  private Status status() {
    return new LimitsHealth(limits).health().getStatus();
  }

  private int rejected(String method) {
    return limits.rejection(method).map(Limits.Rejection::status).orElse(0);
  }

  private long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  @Test
  void rejectsWritesBelowTheDisksReserveAndAnswersReads() throws IOException {
    try (var _ = watch(free() + 1_000 * MB)) {
      await().until(() -> limits.disk().isPresent());
      assertThat(console.toString()).contains("MB free", "SLIPWAY_DISK_RESERVE");
      assertThat(ends).isEmpty();
      assertThat(status()).isEqualTo(new Status("DEGRADED"));
      assertThat(rejected("POST")).isEqualTo(507);
      assertThat(rejected("GET")).isZero();
    }
  }

  @Test
  void acceptsWritesWhileTheDiskHasItsReserve() {
    var reserve = new DiskReserve(folder, 100 * MB);
    assertThat(reserve.problem(100 * MB)).isNull();
    assertThat(reserve.problem(100 * MB - 1)).contains("99 MB free", "reserve of 100 MB");
    assertThat(reserve.exhaustion(13 * MB)).isNull();
    assertThat(reserve.exhaustion(12 * MB)).contains("only 12 MB free", "--data");
    assertThat(new DiskReserve(folder, 0).exhaustion(0)).isNull();
  }

  @Test
  void endsInOrderOnceBeforeTheDiskIsFull() {
    try (var _ = watch(Long.MAX_VALUE)) {
      await().until(() -> !ends.isEmpty());
      assertThat(ends).hasSize(1);
      assertThat(ends.getFirst()).startsWith("in order: the disk of " + folder);
    }
  }

  /** A server that dies as often as it is told to. */
  private static final class FakeServer implements DatabaseWatch.Server {

    private final AtomicBoolean alive = new AtomicBoolean(true);
    private final AtomicInteger starts = new AtomicInteger();
    private final List<Runnable> duringRestart = new ArrayList<>();
    private final boolean staysUp;

    FakeServer(boolean staysUp) {
      this.staysUp = staysUp;
    }

    @Override
    public boolean isAlive() {
      return alive.get();
    }

    @Override
    public void restart() {
      duringRestart.forEach(Runnable::run);
      starts.incrementAndGet();
      alive.set(staysUp);
    }
  }

  @Test
  void startsADatabaseThatEndedAgainAndRejectsWritesMeanwhile() {
    var server = new FakeServer(true);
    var meanwhile = new CopyOnWriteArrayList<Integer>();
    var health = new CopyOnWriteArrayList<Status>();
    server.duringRestart.add(
        () -> {
          meanwhile.add(rejected("PATCH"));
          health.add(status());
        });
    try (var _ = new DatabaseWatch(server, limits, console::add, end)) {
      server.alive.set(false);
      await().atMost(Duration.ofSeconds(5)).until(() -> console.contains("PostgreSQL runs again"));
    }
    assertThat(meanwhile).containsExactly(503);
    assertThat(health).containsExactly(Status.DOWN);
    assertThat(rejected("PATCH")).isZero();
    assertThat(status()).isEqualTo(Status.UP);
    assertThat(ends).isEmpty();
  }

  @Test
  void endsWhenADatabaseCannotBeStartedAgain() {
    var server = new FakeServer(true);
    server.duringRestart.add(
        () -> {
          throw new IllegalStateException("No space left on device");
        });
    server.alive.set(false);
    try (var _ = new DatabaseWatch(server, limits, console::add, end)) {
      await().until(() -> !ends.isEmpty());
    }
    assertThat(ends).hasSize(1);
    assertThat(ends.getFirst()).startsWith("at once: PostgreSQL").contains("No space left");
  }

  @Test
  void endsWhenADatabaseEndsAgainAndAgain() {
    var server = new FakeServer(false);
    server.alive.set(false);
    try (var _ = new DatabaseWatch(server, limits, console::add, end)) {
      await().until(() -> !ends.isEmpty());
    }
    assertThat(server.starts).hasValue(8);
    assertThat(ends.getFirst()).contains("times within a minute");
  }

  @Test
  void leavesADatabaseAloneThatIsStoppedWithTheRest() {
    var server = new FakeServer(true);
    new DatabaseWatch(server, limits, console::add, end).close();
    server.alive.set(false);
    await()
        .during(Duration.ofMillis(600))
        .until(() -> server.starts.get() == 0 && ends.isEmpty() && console.isEmpty());
  }

  @Test
  void reportsAHeapThatIsNearlyFullAfterACollection() {
    var heap = new HeapPressure(1_000 * MB);
    assertThat(heap.problem(840 * MB)).isNull();
    assertThat(heap.problem(900 * MB)).contains("90 % of the 1000 MB", "SLIPWAY_HEAP");
    limits.heap(0.9, heap.problem(900 * MB));
    assertThat(status()).isEqualTo(new Status("DEGRADED"));
  }

  @Test
  void findsTheOldGenerationOfThisJvm() {
    assertThat(OldGeneration.maxBytes()).isPositive();
    System.gc();
    assertThat(OldGeneration.usedAfterCollection()).isPositive();
  }

  @Test
  void aFullHeapSpinsWhenCollectionsTakeNearlyAllTime() {
    var heap = new HeapPressure(1_000 * MB);
    boolean spinning = false;
    for (int second = 0; second <= 20; second++) {
      var collecting = Duration.ofMillis(second * 900L);
      spinning = heap.isSpinning(Duration.ofSeconds(second), collecting, 950 * MB);
    }
    assertThat(spinning).isTrue();
  }

  @Test
  void aFullHeapSpinsAlsoWhenOneCollectionTakesLongerThanTheWindow() {
    var heap = new HeapPressure(1_000 * MB);
    assertThat(heap.isSpinning(Duration.ofSeconds(1), Duration.ZERO, 950 * MB)).isFalse();
    assertThat(heap.isSpinning(Duration.ofSeconds(50), Duration.ofSeconds(48), 950 * MB)).isTrue();
  }

  @Test
  void aHeapThatIsCollectedOftenButHasRoomDoesNotSpin() {
    var heap = new HeapPressure(1_000 * MB);
    for (int second = 0; second <= 60; second++) {
      var collecting = Duration.ofMillis(second * 900L);
      assertThat(heap.isSpinning(Duration.ofSeconds(second), collecting, 500 * MB)).isFalse();
    }
  }
}
