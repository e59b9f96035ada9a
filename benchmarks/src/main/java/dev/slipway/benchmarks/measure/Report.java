package dev.slipway.benchmarks.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came of a workload, as a table for people and as JSON for programs.
 *
 * @param run one sentence: when, on what, how busy that was, and how many rounds
 */
public record Report(String workload, String run, List<Row> rows, List<String> notes) {

  private static final String NONE = "–";

  public Report {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  public String markdown() {
    var text = new StringBuilder();
    text.append("### `%s`\n\n%s\n\n".formatted(workload, run));
    text.append("| workload | unit | Slipway | peer | limit | ÷ peer | ÷ limit | bar |\n");
    text.append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    rows.forEach(row -> text.append(line(row)).append('\n'));
    text.append("\nSmallest / **median** / largest round. What was compared:\n\n");
    rows.stream()
        .map(Report::contenders)
        .distinct()
        .forEach(contenders -> text.append("* ").append(contenders).append('\n'));
    if (!notes.isEmpty()) {
      text.append('\n');
      notes.forEach(note -> text.append("* ").append(note).append('\n'));
    }
    return text.toString();
  }

  /** Lines of the table of all bars: workload, row, bar, what was measured, whether it holds. */
  public List<String> bars() {
    return rows.stream()
        .flatMap(
            row ->
                row.bars().stream()
                    .map(
                        bar ->
                            table(
                                "`%s`".formatted(workload),
                                row.workload(),
                                bar.toString(),
                                row.judged(bar).map(Figures::text).orElse(NONE),
                                verdict(row, bar))))
        .toList();
  }

  private static String table(String... cells) {
    return Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String line(Row row) {
    var cells = new ArrayList<String>();
    cells.add(row.isNoisy() ? row.workload() + " (noisy)" : row.workload());
    cells.add(row.unit());
    for (var role : Role.values()) {
      cells.add(row.of(role).map(Figures::text).orElse(NONE));
    }
    cells.add(row.ratio(Role.PEER).map(Figures::text).orElse(NONE));
    cells.add(row.ratio(Role.LIMIT).map(Figures::text).orElse(NONE));
    cells.add(
        row.bars().isEmpty()
            ? NONE
            : row.bars().stream()
                .map(bar -> bar + ": " + verdict(row, bar))
                .collect(Collectors.joining("; ")));
    return table(cells.toArray(String[]::new));
  }

  private static String verdict(Row row, Bar bar) {
    return row.holds(bar).map(holds -> holds ? "holds" : "**fails**").orElse("not compared");
  }

  private static String contenders(Row row) {
    var parts = new ArrayList<String>();
    for (var role : Role.values()) {
      var what = row.contenders().get(role);
      if (what != null) {
        parts.add(
            "%s: %s"
                .formatted(
                    role == Role.SLIPWAY
                        ? "Slipway"
                        : role.name().toLowerCase(java.util.Locale.ROOT),
                    what));
      }
    }
    return "%s – %s".formatted(row.workload().replaceFirst(" .*", ""), String.join("; ", parts));
  }

  public String json() {
    var written = new ArrayList<Map<String, Object>>();
    for (var row : rows) {
      var json = new LinkedHashMap<String, Object>();
      json.put("workload", row.workload());
      json.put("unit", row.unit());
      json.put("noisy", row.isNoisy());
      row.contenders().forEach((role, what) -> json.put(role.name(), figures(what, row, role)));
      json.put(
          "bars",
          row.bars().stream()
              .map(bar -> Map.of("bar", bar.toString(), "verdict", verdict(row, bar)))
              .toList());
      written.add(json);
    }
    return JsonMapper.shared()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(
            Map.of("workload", workload, "run", run, "rows", written, "notes", notes));
  }

  private static Map<String, Object> figures(String what, Row row, Role role) {
    return Map.of("what", what, "rounds", Objects.requireNonNull(row.samples().get(role)).values());
  }
}
