package dev.slipway.benchmarks.measure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines over two logarithmic axes, so that a cost that grows with the size is a slope.
 *
 * @param x what the axis from left to right says, with its unit
 * @param y what the axis upwards says, with its unit
 * @param lines in the order of the legend
 */
public record Plot(String title, String x, String y, Map<String, List<Point>> lines) {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;
  private static final Color[] COLOURS = {
    new Color(0x1f6feb), new Color(0xd1242f), new Color(0x1a7f37), new Color(0x9a6700)
  };
  private static final Color GRID = new Color(0xe2e2e2);

  /** One measured value; both are positive. */
  public record Point(double x, double y) {}

  /**
   * @param file without its ending: {@code .svg} and {@code .png} are written
   */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var chart = chart();
    for (var form : List.of("svg", "png")) {
      Files.write(Path.of(file + "." + form), ChartEncoder.getBytes(chart, form));
    }
  }

  private XYChart chart() {
    var chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    style(chart.getStyler());
    lines.forEach(
        (name, points) ->
            chart
                .addSeries(
                    name,
                    points.stream().mapToDouble(Point::x).toArray(),
                    points.stream().mapToDouble(Point::y).toArray())
                .setMarker(SeriesMarkers.CIRCLE)
                .setLineStyle(new BasicStroke(2.5f)));
    return chart;
  }

  private void style(XYStyler style) {
    style.setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    style.setXAxisLogarithmicDecadeOnly(true).setYAxisLogarithmicDecadeOnly(true);
    style.setXAxisTickLabelsFormattingFunction(Plot::plain);
    style.setYAxisTickLabelsFormattingFunction(Plot::plain);
    var costs = lines.values().stream().flatMap(List::stream).mapToDouble(Point::y);
    var around = costs.summaryStatistics();
    style.setYAxisMin(decade(Math.floor(Math.log10(around.getMin()))));
    style.setYAxisMax(decade(Math.ceil(Math.log10(around.getMax()))));
    style.setPlotGridLinesColor(GRID).setAxisTitleFont(font(Font.PLAIN, 14));
    style.setAxisTickLabelsFont(font(Font.PLAIN, 13));
    style.setChartBackgroundColor(Color.WHITE).setChartTitleFont(font(Font.BOLD, 17));
    style.setChartTitlePadding(12).setSeriesColors(COLOURS).setMarkerSize(9).setChartPadding(16);
    style.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
    style.setLegendBorderColor(Color.WHITE).setLegendFont(font(Font.PLAIN, 14));
  }

  private static double decade(double power) {
    return Math.pow(10, power);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /** 0.01, 1 or 10,000. */
  private static String plain(double value) {
    return value < 1
        ? String.format(Locale.ROOT, "%.4f", value).replaceAll("0+$", "")
        : String.format(Locale.ROOT, "%,.0f", value);
  }
}
