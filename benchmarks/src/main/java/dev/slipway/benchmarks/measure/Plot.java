package dev.slipway.benchmarks.measure;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines over two logarithmic axes, as SVG. */
public final class Plot {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int MARGIN = 60;
  private static final int LEGEND = 150;
  private static final List<String> COLOURS =
      List.of("#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df");

  /** One measured value; both are positive. */
  public record Point(double x, double y) {}

  private Plot() {}

  public static String svg(String title, Map<String, List<Point>> lines) {
    var points = lines.values().stream().flatMap(List::stream).toList();
    var x = Axis.over(points.stream().mapToDouble(Point::x).toArray(), MARGIN, WIDTH - LEGEND);
    var y = Axis.over(points.stream().mapToDouble(Point::y).toArray(), HEIGHT - MARGIN, MARGIN);
    var svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH,
        HEIGHT);
    add(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    add(svg, "<text x=\"%d\" y=\"30\" font-size=\"15\">%s</text>", MARGIN, title);
    grid(svg, x, y);
    int number = 0;
    for (var line : lines.entrySet()) {
      line(svg, x, y, line.getKey(), line.getValue(), number++);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void grid(StringBuilder svg, Axis x, Axis y) {
    for (int power = x.first(); power <= x.last(); power++) {
      add(
          svg,
          "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"#ddd\"/>",
          x.at(Math.pow(10, power)),
          MARGIN,
          HEIGHT - MARGIN);
      add(
          svg,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,.0f</text>",
          x.at(Math.pow(10, power)),
          HEIGHT - MARGIN + 20,
          Math.pow(10, power));
    }
    for (int power = y.first(); power <= y.last(); power++) {
      add(
          svg,
          "<line x1=\"%1$d\" x2=\"%2$d\" y1=\"%3$.1f\" y2=\"%3$.1f\" stroke=\"#ddd\"/>",
          MARGIN,
          WIDTH - LEGEND,
          y.at(Math.pow(10, power)));
      add(
          svg,
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f</text>",
          MARGIN - 6,
          y.at(Math.pow(10, power)) + 4,
          Math.pow(10, power));
    }
  }

  private static void line(
      StringBuilder svg, Axis x, Axis y, String name, List<Point> points, int number) {
    var colour = COLOURS.get(number % COLOURS.size());
    var path = new StringBuilder();
    for (var point : points) {
      add(path, "%.1f,%.1f", x.at(point.x()), y.at(point.y()));
      add(
          svg,
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>",
          x.at(point.x()),
          y.at(point.y()),
          colour);
    }
    add(
        svg,
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>",
        colour,
        path.toString().replace('\n', ' ').strip());
    add(
        svg,
        "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>",
        WIDTH - LEGEND + 12,
        MARGIN + 20 * number,
        colour,
        name);
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** From one power of ten to another, onto a stretch of the picture. */
  private record Axis(int first, int last, double from, double to) {

    static Axis over(double[] values, double from, double to) {
      double least = java.util.Arrays.stream(values).min().orElse(1);
      double most = java.util.Arrays.stream(values).max().orElse(10);
      int first = (int) Math.floor(Math.log10(least));
      return new Axis(first, Math.max(first + 1, (int) Math.ceil(Math.log10(most))), from, to);
    }

    double at(double value) {
      return from + (Math.log10(value) - first) / (last - first) * (to - from);
    }
  }
}
