package dev.slipway.agent;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.Engine.About;
import dev.slipway.agent.engine.EngineRefused;
import dev.slipway.agent.engine.EngineUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes whether the Engine can be used. An Engine that hangs delays no caller: it is asked by a
 * thread of its own. Each change is logged once.
 */
final class EngineHealth {

  private static final Logger LOG = LoggerFactory.getLogger(EngineHealth.class);
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);
  private static final Duration MAX_SILENCE = Duration.ofSeconds(10);
  private static final Status UNKNOWN = new Status(null, null, null);

  /**
   * The state of the Engine.
   *
   * @param about null while it cannot be used, and before the first answer
   * @param problem why it cannot be used, as a predicate; null while it can be
   * @param version null if it is not known
   */
  record Status(@Nullable About about, @Nullable String problem, @Nullable String version) {}

  private final Engine engine;
  private @Nullable CompletableFuture<Status> question;
  private long asked;
  private Status last = UNKNOWN;

  EngineHealth(Engine engine) {
    this.engine = engine;
  }

  /**
   * Asks the Engine, and waits a second for the answer; until it comes the last one counts. The
   * first answer is waited for longer, since nothing is known before it.
   */
  synchronized Status check() {
    var open = question;
    if (open == null) {
      open = CompletableFuture.supplyAsync(this::ask, Thread::startVirtualThread);
      question = open;
      asked = System.nanoTime();
    }
    try {
      var wait = last.equals(UNKNOWN) ? MAX_SILENCE : MAX_WAIT;
      change(open.get(wait.toMillis(), TimeUnit.MILLISECONDS));
      question = null;
    } catch (TimeoutException slow) {
      if (System.nanoTime() - asked >= MAX_SILENCE.toNanos()) {
        var problem = "has not answered for %d s or longer".formatted(MAX_SILENCE.toSeconds());
        change(new Status(null, problem, null));
      }
    } catch (ExecutionException unexpected) {
      question = null;
      change(new Status(null, "fails: " + unexpected.getCause(), null));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return last;
  }

  private Status ask() {
    try {
      var about = engine.about();
      return new Status(about, null, about.version());
    } catch (EngineUnavailable unavailable) {
      return new Status(null, unavailable.reason(), unavailable.version());
    } catch (EngineRefused refused) {
      return new Status(null, "refuses: " + refused.reason(), null);
    }
  }

  private static String api(@Nullable About about) {
    return about == null || about.facts() == null
        ? "simulated"
        : "API version " + about.facts().apiVersion();
  }

  private void change(Status now) {
    var before = last;
    last = now;
    if (now.problem() != null && !now.problem().equals(before.problem())) {
      LOG.warn("The Docker Engine {}; containers wait for it", now.problem());
    } else if (now.problem() == null && before.about() == null) {
      LOG.info("The Docker Engine answers: version {}, {}", now.version(), api(now.about()));
    }
  }
}
