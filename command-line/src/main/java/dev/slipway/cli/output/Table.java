package dev.slipway.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text below their headings, as wide as their content or as the terminal. */
public final class Table {

  private static final int NARROWEST = 8;
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  public Table(List<String> headings) {
    rows.add(headings);
  }

  public void row(List<String> cells) {
    rows.add(cells.stream().map(SafeText::line).toList());
  }

  /**
   * The lines of the table.
   *
   * @param width 0 for as wide as the content
   */
  public List<String> lines(int width) {
    var widths = widths(width);
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private int[] widths(int width) {
    var widths = new int[rows.getFirst().size()];
    for (var row : rows) {
      for (int at = 0; at < widths.length; at++) {
        widths[at] = Math.max(widths[at], length(row.get(at)));
      }
    }
    int spare = width - GAP.length() * (widths.length - 1) - Arrays.stream(widths).sum();
    while (width > 0 && spare < 0) {
      int widest = 0;
      for (int at = 1; at < widths.length; at++) {
        widest = widths[at] > widths[widest] ? at : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
      spare++;
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int at = 0; at < widths.length; at++) {
      var cell = cut(row.get(at), widths[at]);
      line.append(cell);
      if (at < widths.length - 1) {
        line.repeat(' ', widths[at] - length(cell)).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  public static String cut(String text, int width) {
    if (length(text) <= width) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
