package dev.slipway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocsTest {

  @Test
  void addsATableAtTheEnd() {
    assertThat(Docs.replaced("# Text\n", "reads", "| a |\n"))
        .isEqualTo("# Text\n\n<!-- measured: reads -->\n| a |\n<!-- end: reads -->\n");
  }

  @Test
  void replacesTheTableOfThisName() {
    var first = Docs.replaced("# Text\n", "reads", "| a |");
    var both = Docs.replaced(first, "starts", "| b |");

    assertThat(Docs.replaced(both, "reads", "| c |"))
        .isEqualTo(both.replace("| a |", "| c |"))
        .contains("| b |");
  }
}
