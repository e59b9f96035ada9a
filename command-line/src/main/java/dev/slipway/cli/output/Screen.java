package dev.slipway.cli.output;

import dev.slipway.cli.Failure;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where a command prints: data to the standard output, all else to the standard error. */
public final class Screen {

  /** How lists are printed. */
  public enum Format {
    TABLE,
    WIDE,
    JSON,
    NAME
  }

  /**
   * How a user wants lists.
   *
   * @param columns names of columns, null for the usual ones
   * @param sort name of a column, null for the server's order
   */
  public record Layout(
      Format format, @Nullable String columns, @Nullable String sort, boolean truncates) {

    public static final Layout TABLE = new Layout(Format.TABLE, null, null, true);
  }

  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  private final boolean colours;

  public Screen(PrintStream out, PrintStream err, Terminal terminal, boolean colours) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.colours = colours;
  }

  public Terminal terminal() {
    return terminal;
  }

  public boolean colours() {
    return colours;
  }

  public PrintStream out() {
    return out;
  }

  public void print(String line) {
    out.println(SafeText.line(line));
  }

  /** A remark for people. */
  public void note(String line) {
    out.flush();
    err.println(SafeText.line(line));
    err.flush();
  }

  /** A remark that replaces itself, in terminals only. */
  public void progress(String line) {
    if (terminal.errors()) {
      err.print(
          "\r\u001b[K" + Table.cut(SafeText.line(line), Math.max(20, terminal.columns() - 1)));
      err.flush();
    }
  }

  public void endProgress() {
    if (terminal.errors()) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  /** A question; the answer is read by the caller. */
  public void ask(String question) {
    out.flush();
    err.print(question);
    err.flush();
  }

  public void json(JsonNode node) {
    out.println(node.toPrettyString());
  }

  public void jsonLine(JsonNode node) {
    out.println(node.toString());
  }

  public void list(List<JsonNode> objects, List<Column> columns, Layout layout) {
    switch (layout.format()) {
      case JSON -> json(JsonNodeFactory.instance.arrayNode().addAll(objects));
      case NAME -> objects.forEach(one -> print(columns.getFirst().value().apply(one)));
      case TABLE, WIDE -> table(objects, columns, layout);
    }
    out.flush();
  }

  private void table(List<JsonNode> objects, List<Column> columns, Layout layout) {
    var shown = shown(columns, layout);
    var table = new Table(shown.stream().map(one -> one.name().toUpperCase(Locale.ROOT)).toList());
    var rows = objects.stream();
    if (layout.sort() != null) {
      var by = named(columns, layout.sort());
      rows = rows.sorted((a, b) -> natural(by.value().apply(a), by.value().apply(b)));
    }
    rows.forEach(
        one -> table.row(shown.stream().map(column -> column.value().apply(one)).toList()));
    int width = terminal.output() && layout.truncates() ? terminal.columns() : 0;
    var lines = table.lines(width);
    out.println(bold(lines.getFirst()));
    lines.stream().skip(1).forEach(out::println);
  }

  private static int natural(String a, String b) {
    try {
      return Long.compare(Long.parseLong(a), Long.parseLong(b));
    } catch (NumberFormatException text) {
      return a.compareTo(b);
    }
  }

  private static List<Column> shown(List<Column> columns, Layout layout) {
    if (layout.columns() != null) {
      return Arrays.stream(layout.columns().split(",", -1))
          .map(one -> named(columns, one))
          .toList();
    }
    return columns.stream()
        .filter(column -> !column.wide() || layout.format() == Format.WIDE)
        .toList();
  }

  private static Column named(List<Column> columns, String name) {
    return columns.stream()
        .filter(column -> column.name().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "no column '%s'; there are %s"
                        .formatted(
                            name,
                            columns.stream().map(Column::name).collect(Collectors.joining(", ")))));
  }

  public String bold(String text) {
    return colours ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  /** A colour by its ANSI number, if there are colours. */
  public String paint(int colour, String text) {
    return colours ? "\u001b[%dm%s\u001b[0m".formatted(colour, text) : text;
  }

  public void flush() {
    out.flush();
    err.flush();
  }
}
