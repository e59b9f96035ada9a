package dev.slipway.agent.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.RealEngine;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLines;
import dev.slipway.model.service.ServiceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a real Engine: where one was promised, its absence is a failure. */
class ManyLinesTest {

  private static final int LINES = 100_000;
  private static final String WRITES =
      "sh -c 'L=$(yes 0123456789 | head -c 1100 | tr -d \"\\n\"); i=0;"
          + " while [ $i -lt "
          + LINES
          + " ]; do echo \"$i $L\"; i=$((i + 1)); done'";

  private static final int BURST = 6_000;
  private static final String BURSTS =
      "sh -c 'L=$(yes 0123456789 | head -c 1000 | tr -d \"\\n\"); i=0;"
          + " while [ $i -lt %1$d ]; do"
          + " awk -v b=$i -v x=$L \"BEGIN{for(n=0;n<%2$d;n++)print b+n,x}\";"
          + " i=$((i + %2$d)); sleep 0.5; done'";

  /** Counts lines that come in order, and notes the first that does not. */
  private static final class Counter implements LogDestination {

    final AtomicLong lines = new AtomicLong();
    final AtomicLong characters = new AtomicLong();
    final AtomicReference<String> wrong = new AtomicReference<>();

    @Override
    public void send(LogLines sent, Receipt receipt) {
      LogSamples.each(sent).forEach(this::count);
      receipt.told(true);
    }

    private void count(LogLine line) {
      long expected = lines.get();
      var number = line.text().substring(0, Math.max(0, line.text().indexOf(' ')));
      if (line.offset() != expected || !number.equals(Long.toString(expected))) {
        wrong.compareAndSet(null, "line %s at %d".formatted(number, line.offset()));
      }
      characters.addAndGet(line.text().length());
      lines.incrementAndGet();
    }
  }

  private static Assignment started(RealEngine real, String command) {
    var web =
        Samples.assignment(
            real.node, new ServiceId(Uuids.random()), 1, Wanted.RUNNING, 1, "run_command", command);
    real.start(web);
    return web;
  }

  @Test
  void losesDoublesAndReordersNothingIn100MegabytesWithBreaks(@TempDir Path folder)
      throws Exception {
    try (var real = RealEngine.ofThisMachine()) {
      var web = started(real, WRITES);
      var counter = new Counter();
      for (int part = 1; part <= 3; part++) {
        long until = part * (LINES / 4L);
        try (var shipping = new LogShipping(real.engine, counter, folder)) {
          shipping.ship(real.found(web));
          await().atMost(Duration.ofMinutes(2)).until(() -> counter.lines.get() >= until);
        }
      }
      var shipping = new LogShipping(real.engine, counter, folder);
      shipping.ship(real.found(web));
      shipping.finish(real.found(web));
      await().atMost(Duration.ofMinutes(2)).until(() -> counter.lines.get() >= LINES);
      assertThat(counter.wrong.get()).isNull();
      assertThat(counter.lines.get()).isEqualTo(LINES);
      assertThat(counter.characters.get()).isGreaterThan(100_000_000);
    }
  }

  /** A follower that has begun the next file before it is told of it is given it again. */
  @Test
  void doublesNothingWhereTheEngineBeginsAFileInABurst(@TempDir Path folder) throws Exception {
    int lines = 12 * BURST; // 80 MB: a file has 50
    try (var real = RealEngine.ofThisMachine()) {
      var web = started(real, BURSTS.formatted(lines, BURST));
      var counter = new Counter();
      try (var shipping = new LogShipping(real.engine, counter, folder)) {
        shipping.ship(real.found(web));
        await().atMost(Duration.ofMinutes(2)).until(() -> counter.lines.get() >= lines);
      }
      assertThat(counter.wrong.get()).isNull();
      assertThat(counter.lines.get()).isEqualTo(lines);
    }
  }
}
