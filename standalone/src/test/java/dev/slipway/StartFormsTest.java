package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every way to start a JVM ends it when its heap is full: what is left would serve half. */
class StartFormsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String FLAG = "-XX:+ExitOnOutOfMemoryError";
  private static final List<String> MODULES =
      List.of(
          "acceptance-tests",
          "benchmarks",
          "command-line",
          "command-service",
          "http-boundary",
          "node-agent",
          "query-service",
          "runtime",
          "shared-model",
          "standalone");

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
          .toList();
    }
  }

  /** Lines of the script, with those that a backslash continues as one. */
  private static List<String> commands() {
    return read(ROOT.resolve("slipway")).replace("\\\n", " ").lines().toList();
  }

  @Test
  void everyStartOfTheScript() {
    var starts =
        commands().stream().filter(line -> line.matches(".*/bin/java\" +[\"-].*")).toList();
    assertThat(starts).hasSizeGreaterThan(8);
    assertThat(starts)
        .allMatch(
            line ->
                line.contains(FLAG)
                    || line.contains("\"${JVM_FLAGS[@]}\"")
                    || line.contains("\"${CLI_FLAGS[@]}\""));
    assertThat(commands())
        .filteredOn(line -> line.startsWith("JVM_FLAGS=") || line.startsWith("CLI_FLAGS="))
        .hasSize(2)
        .allMatch(line -> line.contains(FLAG));
  }

  @Test
  void everyChildOfATestOrBenchmark() throws IOException {
    for (var module : MODULES) {
      for (var file : files(ROOT.resolve(module).resolve("src"), ".java")) {
        var source = read(file);
        if (source.contains("\"bin\", \"java\"") || source.contains("/bin/java")) {
          assertThat(source).as("%s starts a JVM", file).contains(FLAG);
        }
      }
    }
  }

  @Test
  void theJvmsOfTests() {
    assertThat(read(ROOT.resolve("pom.xml")).lines().filter(line -> line.contains("<argLine>")))
        .isNotEmpty()
        .allMatch(line -> line.contains(FLAG));
    for (var module : MODULES) {
      assertThat(read(ROOT.resolve(module).resolve("pom.xml"))).doesNotContain("<argLine>");
    }
  }

  @Test
  void everyImageAndUnit() throws IOException {
    int starts = 0;
    for (var file : files(ROOT.resolve("deploy"), "")) {
      if (read(file).matches("(?s).*(ENTRYPOINT|CMD|ExecStart)[^\\n]*java.*")) {
        assertThat(read(file)).as("%s starts a JVM", file).contains(FLAG);
        starts++;
      }
    }
    assertThat(starts).isPositive();
  }

  /** A service of the Compose file that has options of its own loses those of the image. */
  @Test
  void everyServiceOfTheComposeFile() {
    assertThat(read(ROOT.resolve("docker-compose.yml")).lines())
        .filteredOn(line -> line.contains("JAVA_TOOL_OPTIONS") || line.contains("java "))
        .allMatch(line -> line.contains(FLAG));
  }

  @Test
  void everyStartThatADocumentShows() throws IOException {
    for (var file : files(ROOT.resolve("docs"), ".md")) {
      assertThat(read(file).lines())
          .as(file.toString())
          .filteredOn(line -> line.matches(".*\\bjava (-\\S+ )*-(jar|cp) .*"))
          .allMatch(line -> line.contains(FLAG));
    }
  }
}
