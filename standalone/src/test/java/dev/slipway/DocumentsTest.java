package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents that name files and classes name those that exist. */
class DocumentsTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern CLASS = Pattern.compile("`(?:[a-z]+/)*([A-Z]\\w+)`");

  @Test
  void everyRelativeLinkLeadsToAFile() throws IOException {
    assertThat(documents().stream().flatMap(DocumentsTest::deadLinks)).isEmpty();
  }

  @Test
  void theArchitectureNamesClassesThatExist() throws IOException {
    var classes = sources();
    var chain =
        Files.readString(ROOT.resolve("docs/architecture.md"))
            .lines()
            .filter(line -> line.matches("\\| \\d+ .*"));
    assertThat(chain.map(line -> line.substring(line.lastIndexOf('|', line.length() - 2))))
        .isNotEmpty()
        .allSatisfy(
            where ->
                assertThat(CLASS.matcher(where).results().map(r -> r.group(1)))
                    .isSubsetOf(classes));
  }

  private static Stream<String> deadLinks(Path document) {
    return LINK.matcher(read(document))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.contains(":"))
        .filter(link -> !Files.exists(document.resolveSibling(link)))
        .map(link -> document + " -> " + link);
  }

  private static List<Path> documents() throws IOException {
    try (var root = Files.list(ROOT);
        var docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(root, docs).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  private static List<String> sources() throws IOException {
    try (var modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(DocumentsTest::files)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .toList();
    }
  }

  private static Stream<Path> files(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
