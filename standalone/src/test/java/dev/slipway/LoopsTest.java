package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A loop whose death nobody notices leaves a process that serves half: each is a BackgroundTask.
 */
class LoopsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern OWN_THREAD =
      Pattern.compile(
          "Thread\\.ofPlatform|new Thread\\(|new Timer\\(|newSingleThreadScheduledExecutor"
              + "|newScheduledThreadPool|newFixedThreadPool|newSingleThreadExecutor|@Scheduled");

  /** What each has to do ends, and somebody waits for it. */
  private static final List<String> NO_LOOPS =
      List.of(
          "AxonOnPostgres.java", // one snapshot each
          "BackgroundTask.java",
          "Ending.java",
          "Running.java",
          "Standalone.java");

  @Test
  void areBackgroundTasks() throws IOException {
    for (var module :
        List.of(
            "runtime",
            "shared-model",
            "http-boundary",
            "command-service",
            "query-service",
            "node-agent",
            "standalone")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (var file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          if (!NO_LOOPS.contains(file.getFileName().toString())) {
            assertThat(OWN_THREAD.matcher(Files.readString(file)).results())
                .as("threads that %s starts", file)
                .isEmpty();
          }
        }
      }
    }
  }
}
