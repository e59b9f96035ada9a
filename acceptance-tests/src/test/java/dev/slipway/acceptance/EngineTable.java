package dev.slipway.acceptance;

import com.github.dockerjava.api.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** What the scenarios have shown on each Engine: a column for each, as docs/engines.md has it. */
final class EngineTable {

  static final Path DOCUMENT =
      Path.of("..").toAbsolutePath().normalize().resolve("docs/engines.md");
  static final String WORKS = "works";
  static final String VERSION = "version";
  static final String API = "API";

  private static final String BEGIN = "<!-- matrix -->\n";
  private static final String END = "<!-- end of matrix -->\n";
  private static final String NONE = "–";

  private static final Map<EngineRelease, Map<String, String>> COLUMNS =
      new EnumMap<>(EngineRelease.class);

  private EngineTable() {}

  /** Takes down how each test ends. */
  static final class Recorder implements TestWatcher {

    private final Supplier<EngineRelease> release;

    Recorder(Supplier<EngineRelease> release) {
      this.release = release;
    }

    @Override
    public void testSuccessful(ExtensionContext test) {
      put(release.get(), test.getDisplayName(), WORKS);
    }

    @Override
    public void testFailed(ExtensionContext test, Throwable cause) {
      put(release.get(), test.getDisplayName(), "**fails**");
    }

    @Override
    public void testAborted(ExtensionContext test, Throwable cause) {
      var limit = release.get().limit(test.getDisplayName());
      put(release.get(), test.getDisplayName(), limit == null ? NONE : "no: " + limit);
    }
  }

  static synchronized void put(EngineRelease release, String row, String cell) {
    COLUMNS.computeIfAbsent(release, _ -> new LinkedHashMap<>()).put(row, cell);
  }

  /** What the Engine says of itself, and of the machine that it was run on. */
  static void describe(EngineRelease release, Version version) {
    put(release, VERSION, version.getVersion());
    var oldest = version.getRawValues().get("MinAPIVersion");
    put(release, API, "%s to %s".formatted(oldest, version.getApiVersion()));
    put(release, "Debian", release.suite);
    put(release, "run on", LocalDate.now(ZoneOffset.UTC).toString());
    put(release, "Linux", version.getKernelVersion());
  }

  /**
   * In the build's folder always; with {@code -Dengines.record=true} in the document, which keeps
   * the columns of Engines that were not run.
   */
  static synchronized void write() throws IOException {
    if (COLUMNS.isEmpty()) {
      return;
    }
    Files.writeString(
        Files.createDirectories(Path.of("target")).resolve("engines.md"), text(COLUMNS));
    if (Boolean.getBoolean("engines.record")) {
      var document = Files.readString(DOCUMENT);
      var all = recorded();
      all.putAll(COLUMNS);
      int begin = document.indexOf(BEGIN) + BEGIN.length();
      int end = document.indexOf(END);
      Files.writeString(
          DOCUMENT, document.substring(0, begin) + text(all) + document.substring(end));
    }
  }

  /** The columns of the document. */
  static Map<EngineRelease, Map<String, String>> recorded() throws IOException {
    var document = Files.readString(DOCUMENT);
    var rows =
        document
            .substring(document.indexOf(BEGIN), document.indexOf(END))
            .lines()
            .filter(line -> line.startsWith("|"))
            .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
            .toList();
    var columns = new EnumMap<EngineRelease, Map<String, String>>(EngineRelease.class);
    for (int i = 1; !rows.isEmpty() && i < rows.getFirst().size(); i++) {
      var column = new LinkedHashMap<String, String>();
      for (var row : rows.subList(2, rows.size())) {
        column.put(row.getFirst(), row.get(i));
      }
      columns.put(EngineRelease.titled(rows.getFirst().get(i)), column);
    }
    return columns;
  }

  private static String text(Map<EngineRelease, Map<String, String>> columns) {
    var names = new LinkedHashSet<String>();
    columns.values().forEach(column -> names.addAll(column.keySet()));
    var text = new StringBuilder();
    text.append(row("", columns.keySet().stream().map(release -> release.title).toList()));
    text.append(row("---", columns.keySet().stream().map(_ -> "---").toList()));
    for (var name : names) {
      var cells = columns.values().stream().map(column -> column.getOrDefault(name, NONE));
      text.append(row(name, cells.toList()));
    }
    return text.toString();
  }

  private static String row(String first, Collection<String> cells) {
    return "| %s | %s |%n".formatted(first, String.join(" | ", List.copyOf(cells)));
  }
}
