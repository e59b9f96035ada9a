package dev.slipway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.benchmarks.measure.Bar;
import dev.slipway.benchmarks.measure.Report;
import dev.slipway.benchmarks.measure.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsTest {

  private static final String TEXT =
      """
      # Text

      ## Results

      <!-- bars -->
      | workload | row | bar | measured | |
      | --- | --- | --- | --- | --- |
      | `starts` | B1 | ≤ 10 | – | not measured yet |
      | `reads` | B3 one | ≤ 10 | – | not measured yet |
      | `reads` | B3 page | ≤ 10 | – | not measured yet |
      | `logs` | B7 | ≤ 10 | – | not measured yet |
      <!-- end: bars -->

      <!-- measured: starts -->
      <!-- end: starts -->

      <!-- measured: reads -->
      <!-- end: reads -->

      The end.
      """;

  private static Report report(String workload, String run, double figure) {
    var row = Row.alone("B of " + workload, "ms", "what", List.of(figure), Bar.atMost(10));
    return new Report(workload, run, List.of(row), List.of("a note"));
  }

  private static String replaced(String document, Report report) {
    return Docs.replaced(document, report, List.of());
  }

  @Test
  void putsTheSectionOfAWorkloadBetweenItsMarks() {
    assertThat(replaced(TEXT, report("reads", "on Monday; 5 rounds.", 7)))
        .contains(
            """
            <!-- measured: starts -->
            <!-- end: starts -->

            <!-- measured: reads -->
            ### `reads`

            on Monday; 5 rounds.

            | workload |""")
        .contains(
            """
            * a note
            <!-- end: reads -->

            The end.
            """);
  }

  @Test
  void keepsWhatWasMeasuredOfOtherWorkloadsAndUnderWhichConditions() {
    var monday = replaced(TEXT, report("starts", "on Monday", 7));
    var both = replaced(monday, report("reads", "on Tuesday", 8));

    assertThat(replaced(both, report("reads", "on Wednesday", 9)))
        .isEqualTo(both.replace("on Tuesday", "on Wednesday").replace("**8**", "**9**"))
        .contains("on Monday");
  }

  @Test
  void replacesTheBarsOfThatWorkloadWhereTheyStood() {
    assertThat(replaced(TEXT, report("reads", "on Monday", 70)))
        .contains(
            """
            | `starts` | B1 | ≤ 10 | – | not measured yet |
            | `reads` | B of reads | ≤ 10 | **70** | **fails** |
            | `logs` | B7 | ≤ 10 | – | not measured yet |
            <!-- end: bars -->
            """);
  }

  @Test
  void isTheSameHoweverOftenItIsWritten() {
    var once = replaced(TEXT, report("reads", "on Monday", 7));

    assertThat(replaced(once, report("reads", "on Monday", 7))).isEqualTo(once);
  }

  @Test
  void addsAtTheEndWhatHasNoMarks() {
    assertThat(replaced("# Text\n", report("reads", "on Monday", 7)))
        .startsWith("# Text\n\n<!-- bars -->\n| workload | row |")
        .contains("| `reads` | B of reads | ≤ 10 | **7** | holds |\n<!-- end: bars -->\n")
        .endsWith("<!-- end: reads -->\n");
  }

  @Test
  void putsPicturesBesideTheDocumentAndShowsThem(@TempDir Path folder) throws IOException {
    var document = Files.writeString(folder.resolve("benchmarks.md"), TEXT);
    var svg = Files.writeString(folder.resolve("growth.svg"), "a drawing");
    var png = Files.writeString(folder.resolve("growth.png"), "a picture");

    Docs.put(document, report("growth", "on Monday", 7), List.of(svg, png));

    assertThat(folder.resolve("benchmarks/growth.svg")).hasContent("a drawing");
    assertThat(folder.resolve("benchmarks/growth.png")).hasContent("a picture");
    assertThat(Files.readString(document))
        .contains("![growth.svg](benchmarks/growth.svg)")
        .contains("\n[growth.png](benchmarks/growth.png)");
  }
}
