package dev.slipway.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.benchmarks.measure.Plot.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {

  @BeforeAll
  static void needsNoScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  @Test
  void isDrawnAsSvgAndAsPng(@TempDir Path folder) throws IOException {
    var lines =
        Map.of(
            "create", List.of(new Point(100, 2.1), new Point(1_000, 2.2), new Point(10_000, 2.3)),
            "GET of one", List.of(new Point(100, 0.2), new Point(1_000, 0.2)));

    new Plot("Cost", "services", "ms", lines).write(folder.resolve("made/growth"));

    assertThat(Files.readString(folder.resolve("made/growth.svg"))).contains("<svg");
    var picture = Objects.requireNonNull(ImageIO.read(folder.resolve("made/growth.png").toFile()));
    assertThat(picture.getWidth()).isEqualTo(900);
  }
}
