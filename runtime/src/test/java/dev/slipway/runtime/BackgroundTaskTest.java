package dev.slipway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundTaskTest {

  private final List<String> exits = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicInteger runs = new AtomicInteger();
  private final BackgroundTask task =
      new BackgroundTask(
          "counting",
          self -> {
            runs.incrementAndGet();
            switch (failure.get()) {
              case null -> self.pause(Duration.ofMillis(5));
              case Exception exception -> throw exception;
              case Error error -> throw error;
              default -> throw new AssertionError("no other kinds");
            }
          },
          this::exit);

  private void exit(String reason) {
    exits.add(reason);
    failure.set(null);
  }

  @AfterEach
  void stop() {
    task.stop();
  }

  private HealthState.Level level() {
    return task.status().health().level();
  }

  @Test
  void repeatsItsWorkAndIsUp() {
    task.start();
    await().until(() -> runs.get() > 3);
    assertThat(level()).isEqualTo(HealthState.Level.UP);
  }

  @Test
  void goesOnAfterAFailure() {
    failure.set(new IllegalStateException("away"));
    task.start();
    await().until(() -> task.status().isFailing());
    assertThat(task.status().health().details())
        .containsEntry("cause", "IllegalStateException: away");
    failure.set(null);
    await().until(() -> !task.status().isFailing());
    assertThat(level()).isEqualTo(HealthState.Level.UP);
  }

  @Test
  void takesALinkageErrorForAFailureThatMayPass() {
    failure.set(new NoClassDefFoundError("x"));
    task.start();
    await().until(() -> runs.get() > 2);
    failure.set(null);
    await().until(() -> !task.status().isFailing());
    assertThat(exits).isEmpty();
  }

  @Test
  void isDownWithTheCauseAfterADeathAndBeginsAgain() {
    failure.set(new StackOverflowError());
    task.start();
    await().until(() -> level() == HealthState.Level.DOWN);
    assertThat(task.status().health().details())
        .containsEntry("cause", "StackOverflowError")
        .containsEntry("deaths", 1);
    failure.set(null);
    await().atMost(Duration.ofSeconds(10)).until(() -> level() == HealthState.Level.UP);
    assertThat(exits).isEmpty();
  }

  @Test
  void endsTheProcessAfterManyDeathsInARow() {
    failure.set(new AssertionError("broken"));
    task.start();
    await().atMost(Duration.ofSeconds(20)).until(() -> !exits.isEmpty());
    assertThat(exits.getFirst())
        .isEqualTo(
            "the task counting died 5 times in a row: java.lang.AssertionError: broken; the process"
                + " exits");
  }

  @Test
  void isDownWhenItHasStopped() {
    task.start();
    task.stop();
    assertThat(level()).isEqualTo(HealthState.Level.DOWN);
  }
}
