package dev.slipway.standalone;

import dev.slipway.docker.EngineConnection;
import dev.slipway.docker.EngineUnusable;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prevents {@code up} from reporting success while no container can start: it reports what is wrong
 * with the Docker Engine, and welcomes the user once the Engine can be used.
 */
final class EngineCheck {

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

  private final @Nullable EngineConnection engine;
  private final Settings settings;
  private final Console console;

  private EngineCheck(@Nullable EngineConnection engine, Settings settings, Console console) {
    this.engine = engine;
    this.settings = settings;
    this.console = console;
  }

  /**
   * @param engine null where containers are simulated
   */
  static EngineCheck of(@Nullable EngineConnection engine, Settings settings, Console console) {
    return new EngineCheck(engine, settings, console);
  }

  /** Welcomes the user now, or once the Engine can be used; does not wait for that. */
  void welcome(Runnable welcome) {
    var problem = problem();
    if (problem.isEmpty()) {
      welcome.run();
      return;
    }
    console.line("");
    console.problem("no container can start: " + problem.get());
    console.line("Slipway asks the Engine again every 2 s; its API answers at " + settings.url());
    console.line("Ctrl-C stops Slipway.");
    var _ = Thread.startVirtualThread(() -> awaitEngine(problem.get(), welcome));
  }

  private void awaitEngine(String told, Runnable welcome) {
    var last = told;
    while (true) {
      try {
        Thread.sleep(BETWEEN_TRIES);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
      var problem = problem();
      if (problem.isEmpty()) {
        welcome.run();
        return;
      }
      if (!problem.get().equals(last)) {
        last = problem.get();
        console.problem("no container can start: " + last);
      }
    }
  }

  private Optional<String> problem() {
    try {
      if (engine != null) {
        var _ = engine.version();
      }
      return Optional.empty();
    } catch (EngineUnusable unusable) {
      return Optional.ofNullable(unusable.getMessage());
    }
  }
}
