package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.FakeServer.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTest {

  private static final String LOGS = "GET " + Shop.SERVICES + Shop.WEB + "/logs/";

  @TempDir Path folder;

  private static Answer lines(String... texts) {
    var body = new StringBuilder();
    int at = 0;
    for (var text : texts) {
      body.append("id: p%d\n".formatted(at++))
          .append("data: {\"type\":\"log\",\"source\":\"web-1\",\"log\":\"%s\\n\",".formatted(text))
          .append("\"streamType\":\"stdout\",\"timestamp\":1767323645}\n\n");
    }
    return new Answer(200, "text/event-stream", body.toString(), Map.of());
  }

  @Test
  void linesHaveTheNameOfTheirContainer() {
    try (var server = Shop.server().on(LOGS, lines("one", "two"))) {
      var run = new Run(folder, server.url());
      assertThat(run.of("logs", "web"))
          .isEqualTo(new Run.Ended(0, "web-1 | one\nweb-1 | two\n", ""));
      assertThat(run.of("logs", "web", "-t", "--tail", "1").out())
          .startsWith("2026-01-02T03:14:05Z web-1 | one\n");
      assertThat(server.asked().getLast().uri()).endsWith("/logs/?format=sse&follow=false&tail=1");
    }
  }

  @Test
  void controlCharactersOfLinesAreShownAsTheirCodesAndColoursOnlyInTerminals() {
    try (var server = Shop.server().on(LOGS, lines("\\u001b[31mred\\u001b[0m\\u001b[2J\\tend"))) {
      var run = new Run(folder, server.url());
      assertThat(run.of("logs", "web").out()).isEqualTo("web-1 | red\\u001b[2J\tend\n");
      assertThat(run.of("logs", "web", "--color", "always").out())
          .contains("\033[31mred\033[0m\\u001b[2J\tend");
    }
  }

  @Test
  void linesThatAreNoLongerKeptEndWithTheReason() {
    try (var server =
        Shop.server().on(LOGS, Answer.json(410, "{\"error\":\"lines of before are gone\"}"))) {
      var ended = new Run(folder, server.url()).of("logs", "-f", "web", "--since", "10m");
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err()).isEqualTo("slipway: lines of before are gone\n");
      assertThat(server.asked().getLast().uri()).contains("since=2026-01-02T03%3A04%3A05Z");
    }
  }
}
