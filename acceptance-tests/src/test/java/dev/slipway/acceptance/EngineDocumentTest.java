package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.docker.ApiVersions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The document about Engines says what the matrix last showed, and README what the document says.
 */
class EngineDocumentTest {

  private static final Path README = EngineTable.DOCUMENT.resolve("../../README.md").normalize();

  private static String cell(EngineRelease release, String row) throws Exception {
    return EngineTable.recorded().get(release).get(row);
  }

  @Test
  void hasEachScenarioOnEachEngine() throws Exception {
    var columns = EngineTable.recorded();
    assertThat(columns).containsOnlyKeys(EngineRelease.values());
    var scenarios =
        Arrays.stream(EngineMatrixTest.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(DisplayName.class))
            .map(method -> method.getAnnotation(DisplayName.class).value())
            .toList();
    assertThat(scenarios).isNotEmpty();
    for (var scenario : scenarios) {
      columns.forEach(
          (release, column) ->
              assertThat(column.get(scenario))
                  .as("%s on %s", scenario, release.title)
                  .matches("works|–|no: .+"));
    }
  }

  @Test
  void showsTheVersionsThatTheReadmePromises() throws Exception {
    assertThat(Files.readString(README))
        .contains(
            "Docker Engine %s to %s"
                .formatted(
                    release(cell(EngineRelease.OLDEST, EngineTable.VERSION)),
                    release(cell(EngineRelease.NEWEST, EngineTable.VERSION))));
  }

  @Test
  void showsTheApiVersionsThatTheAgentSpeaks() throws Exception {
    assertThat(cell(EngineRelease.OLDEST, EngineTable.API))
        .endsWith(" to " + ApiVersions.SUPPORTED.oldest());
    assertThat(cell(EngineRelease.NEWEST, EngineTable.API))
        .endsWith(" to " + ApiVersions.SUPPORTED.newest());
  }

  private static String release(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }
}
