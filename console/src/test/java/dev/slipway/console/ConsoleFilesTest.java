package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The console's files as they are shipped: complete, small, and without anything from elsewhere.
 */
class ConsoleFilesTest {

  private static final Path ROOT = Path.of("src/main/resources/META-INF/resources/console");

  /** The first page and all that it loads at once. */
  private static final int CORE_BYTES = 60_000;

  private static final int ALL_BUT_XTERM_BYTES = 120_000;

  private static final Pattern STATIC_IMPORT =
      Pattern.compile("(?m)^(?:import|export)\\b[^'\"]*?from\\s*'([^']+)'|^import\\s*'([^']+)'");
  private static final Pattern MAPPED = Pattern.compile("\"([^\"]+)\":\"\\{\\{root}}/([^\"]+)\"");
  private static final Pattern LINKED = Pattern.compile("\\{\\{root}}/([^\"]+)");
  private static final Pattern FOREIGN = Pattern.compile("https?://[a-z0-9.-]+|['\"]//[a-z]");

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static List<Path> files(Predicate<String> wanted) throws IOException {
    try (var all = Files.walk(ROOT)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> wanted.test(ROOT.relativize(file).toString()))
          .sorted()
          .toList();
    }
  }

  private static List<Path> ours() throws IOException {
    return files(name -> name.endsWith(".js") && !name.startsWith("vendor"));
  }

  private static Stream<String> imports(String code) {
    return STATIC_IMPORT
        .matcher(code)
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1));
  }

  private static int compressed(Path file) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(Files.readAllBytes(file));
    }
    return bytes.size();
  }

  private static int compressed(List<Path> files) throws IOException {
    int sum = 0;
    for (var file : files) {
      sum += compressed(file);
    }
    return sum;
  }

  @Test
  void eachImportResolves() throws IOException {
    var index = text(ROOT.resolve("index.html"));
    var mapped = MAPPED.matcher(index).results().map(found -> found.group(1)).toList();
    for (var file : ours()) {
      assertThat(imports(text(file)))
          .as(file.toString())
          .allMatch(
              name ->
                  mapped.contains(name)
                      || (name.startsWith(".") && Files.exists(file.resolveSibling(name))));
    }
    assertThat(LINKED.matcher(index).results().map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(name -> Files.exists(ROOT.resolve(name)));
  }

  @Test
  void vendoredFilesAreThoseOfTheirReleases() throws Exception {
    var libraries = JsonMapper.shared().readTree(text(ROOT.resolve("vendor/vendor.json")));
    int checked = 0;
    for (var library : libraries.get("libraries")) {
      assertThat(library.get("licence").asString()).isIn("MIT", "Apache-2.0");
      for (var file : library.get("files")) {
        var content = Files.readAllBytes(ROOT.resolve("vendor", file.get("file").asString()));
        var hash = MessageDigest.getInstance("SHA-256").digest(content);
        assertThat(HexFormat.of().formatHex(hash))
            .as(file.toString())
            .isEqualTo(file.get("sha256").asString());
        checked++;
      }
    }
    assertThat(files(name -> name.startsWith("vendor/") && !name.endsWith(".json")))
        .hasSize(checked);
  }

  @Test
  void thePageHasNoInlineScriptButTheImportMapAndNoInlineStyle() throws IOException {
    var index = text(ROOT.resolve("index.html"));
    assertThat(index.split("<script type=\"importmap\">", -1)).hasSize(2);
    assertThat(index).doesNotContain("<style", "style=").doesNotContainPattern(" on[a-z]+=");
    assertThat(index.replace("<script type=\"importmap\">", ""))
        .doesNotContainPattern("<script(?![^>]* src=)");
  }

  @Test
  void nothingIsEvaluatedOrRenderedAsHtml() throws IOException {
    for (var file : ours()) {
      assertThat(text(file))
          .as(file.toString())
          .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")
          .doesNotContain("dangerouslySetInnerHTML", "eval(", "new Function", "srcdoc");
    }
  }

  @Test
  void nothingIsLoadedFromAnotherHost() throws IOException {
    for (var file : files(name -> !name.startsWith("vendor/") && !name.endsWith(".svg"))) {
      assertThat(text(file)).as(file.toString()).doesNotContainPattern(FOREIGN);
    }
    for (var file : files(name -> name.endsWith(".css"))) {
      assertThat(text(file)).as(file.toString()).doesNotContainPattern("url\\(['\"]?(?!data:|#)");
    }
  }

  @Test
  void localStorageHoldsSettingsOnly() throws IOException {
    assertThat(ours())
        .filteredOn(file -> text(file).contains("localStorage"))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("settings.js");
  }

  @Test
  void sizesStayWithinTheirBudgets() throws IOException {
    var core = new java.util.TreeSet<Path>();
    core.add(ROOT.resolve("app.css"));
    var index = text(ROOT.resolve("index.html"));
    MAPPED
        .matcher(index)
        .results()
        .map(found -> ROOT.resolve(found.group(2)))
        .filter(file -> !file.toString().contains("xterm"))
        .forEach(core::add);
    collect(ROOT.resolve("js/app.js"), core);
    collect(ROOT.resolve("js/pages/overview.js"), core);
    assertThat(compressed(List.copyOf(core))).as(core.toString()).isLessThan(CORE_BYTES);
    assertThat(compressed(files(name -> !name.contains("xterm")))).isLessThan(ALL_BUT_XTERM_BYTES);
  }

  private static void collect(Path file, java.util.Set<Path> found) {
    if (found.add(file.normalize())) {
      imports(text(file))
          .filter(name -> name.startsWith("."))
          .forEach(name -> collect(file.resolveSibling(name).normalize(), found));
    }
  }
}
