package dev.slipway.benchmarks;

import dev.slipway.benchmarks.measure.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Keeps what was measured between marks in a document that is otherwise written by hand: a section
 * for each workload, and one table of all bars. What is of other workloads stays.
 */
final class Docs {

  private static final List<String> HEAD =
      List.of("| workload | row | bar | measured | |", "| --- | --- | --- | --- | --- |");

  private Docs() {}

  /**
   * @param pictures files, put into a folder beside the document that has its name
   */
  static void put(Path document, Report report, List<Path> pictures) throws IOException {
    var folder = document.resolveSibling(document.getFileName().toString().replace(".md", ""));
    var links = new ArrayList<String>();
    for (var picture : pictures) {
      Files.createDirectories(folder);
      Files.write(folder.resolve(picture.getFileName()), Files.readAllBytes(picture));
      links.add("%s/%s".formatted(folder.getFileName(), picture.getFileName()));
    }
    Files.writeString(document, replaced(Files.readString(document), report, links));
  }

  static String replaced(String document, Report report, List<String> pictures) {
    var section = new StringBuilder(report.markdown());
    for (var picture : pictures) {
      var shown = picture.endsWith(".svg") ? "!" : "";
      var name = picture.substring(picture.lastIndexOf('/') + 1);
      section.append("\n%s[%s](%s)\n".formatted(shown, name, picture));
    }
    var withBars =
        between(document, "bars", before -> bars(before, report.workload(), report.bars()));
    return between(withBars, "measured: " + report.workload(), _ -> section.toString().strip());
  }

  /** Lines of other workloads stay where they are; a workload that is new comes last. */
  private static String bars(String before, String workload, List<String> bars) {
    var lines = new ArrayList<>(before.isBlank() ? HEAD : before.strip().lines().toList());
    var own = "| `%s` |".formatted(workload);
    int first = lines.size();
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).startsWith(own)) {
        lines.remove(i);
        first = i;
      }
    }
    lines.addAll(first, bars);
    return String.join("\n", lines);
  }

  /** Replaces what stands between the marks of this name, or adds both at the end. */
  private static String between(String document, String name, UnaryOperator<String> replacement) {
    var begin = "<!-- %s -->".formatted(name);
    var end = "<!-- end: %s -->".formatted(name.replaceFirst("^.*: ", ""));
    int from = document.indexOf(begin);
    int to = document.indexOf(end, Math.max(from, 0));
    if (from < 0 || to < 0) {
      var text = replacement.apply("");
      return "%s\n\n%s\n%s\n%s\n".formatted(document.stripTrailing(), begin, text, end);
    }
    int content = from + begin.length();
    var text = replacement.apply(document.substring(content, to));
    return "%s\n%s\n%s".formatted(document.substring(0, content), text, document.substring(to));
  }
}
