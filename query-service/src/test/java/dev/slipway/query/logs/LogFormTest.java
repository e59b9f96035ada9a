package dev.slipway.query.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LogFormTest {

  private static String frame(LogTarget target, Stream stream, String text) {
    var line =
        new LogLine(
            LogStreamTest.WEB,
            LogStreamTest.ONE,
            "web-1",
            stream,
            LogStreamTest.NOW.plusMillis(999),
            7,
            text);
    return LogForm.frame(new KeptLine(line, 0, 7), target.isService());
  }

  @Test
  void writesWhateverALineHoldsAsJsonInTheOldOrder() {
    for (var text : List.of("", "a \"b\" \\ \t\r c", "\u0000\u001b[1m", "ü€😀", "\\n", "\"")) {
      var expected = new LinkedHashMap<String, Object>();
      expected.put("type", "log");
      expected.put("source", "web-1");
      expected.put("log", text + "\n");
      expected.put("streamType", "stderr");
      expected.put("timestamp", LogStreamTest.NOW.getEpochSecond());
      assertThat(frame(LogTarget.service("any"), Stream.STDERR, text))
          .isEqualTo(JsonMapper.shared().writeValueAsString(expected));
    }
  }

  @Test
  void namesNoContainerWhereThereIsButOne() {
    assertThat(frame(LogTarget.container("any"), Stream.STDOUT, "a line"))
        .isEqualTo(
            "{\"type\":\"log\",\"log\":\"a line\\n\",\"streamType\":\"stdout\","
                + "\"timestamp\":1767323045}");
  }
}
