package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.FakeServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodesTest {

  @TempDir Path folder;

  private Run.Ended list(Answer answer) {
    try (var server = new FakeServer().on("GET /api/app/v1/service/", answer)) {
      return new Run(folder, server.url()).of("service", "ls");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, 2", "401, 4", "403, 4", "404, 3", "409, 5", "412, 5", "410, 1", "429, 1", "500, 1",
    "503, 6", "504, 6", "418, 1"
  })
  void eachKindOfAnswerHasItsExitCode(int status, int code) {
    var ended = list(Answer.json(status, "{\"error\":\"this is why\"}"));
    assertThat(ended.code()).isEqualTo(code);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .startsWith("slipway: ")
        .contains(status == 401 ? "slipway login" : "this is why");
  }

  @Test
  void aServerThatAnswersHtmlIsNoSlipway() {
    var ended = list(new Answer(200, "text/html", "<html>hello</html>", java.util.Map.of()));
    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("is no Slipway").contains("text/html");
  }

  @Test
  void aProxyBeforeAServerThatIsAwayIsUnreachable() {
    var ended = list(new Answer(502, "text/html", "<html>bad gateway</html>", java.util.Map.of()));
    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("502");
  }

  @Test
  void retryAfterIsToldAsWhenToTryAgain() {
    var ended = list(Answer.json(429, "{\"error\":\"too many\"}").with("Retry-After", "7"));
    assertThat(ended.err()).contains("Try again in 7 s.");
  }

  @Test
  void aServerThatIsAwayIsUnreachable() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var ended = new Run(folder, "http://127.0.0.1:" + port).of("service", "ls");
    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("connection refused").contains("slipway up");
  }

  @Test
  void aServerThatDoesNotAnswerInTimeIsUnreachable() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var ended =
          new Run(folder, "http://127.0.0.1:" + silent.getLocalPort())
              .with("SLIPWAY_TIMEOUT", "200ms")
              .of("service", "ls");
      assertThat(ended.code()).isEqualTo(6);
      assertThat(ended.err()).contains("no answer in time");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "servise ls | Did you mean 'service'?",
        "service lss | Did you mean 'ls'?",
        "service ls --outputt json | Did you mean '--output'?",
        "service ls -o yaml | --output must be table, wide, json or name (got \"yaml\")",
        "service scale web many | NUMBER must be a number (got \"many\")",
        "service ls --columns nam | no column 'nam'; there are name, state",
        "why | Missing required parameter: 'SERVICE'",
        "service ls --color pink | --color must be auto, always or never (got \"pink\")",
      })
  void wrongUseSaysWhatIsWrong(String command, String message) {
    try (var server = Shop.server()) {
      var ended = new Run(folder, server.url()).of(command.split(" ", -1));
      assertThat(ended.err()).contains(message);
      assertThat(ended.code()).isEqualTo(2);
    }
  }

  @Test
  void anUnknownNameIsNotFoundAndTheOneMeantIsNamed() {
    try (var server = Shop.server()) {
      var ended = new Run(folder, server.url()).of("why", "wbe");
      assertThat(ended.code()).isEqualTo(3);
      assertThat(ended.err())
          .isEqualTo("slipway: no service 'wbe' in namespace admin. Did you mean 'web'?\n");
    }
  }

  @Test
  void aNameThatSeveralHaveIsWrongUseAndListsThem() {
    try (var server = Shop.server()) {
      server.list(
          "/api/app/v1/service/?name=web&limit=100",
          Shop.service(Shop.WEB, "web", "Running", 1, 1),
          Shop.service(Shop.DB, "web", "Stopped", 0, 1));
      var ended = new Run(folder, server.url()).of("why", "web");
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err()).contains("2 services are called 'web'", Shop.WEB, Shop.DB);
    }
  }

  @Test
  void withoutAKeyTheWayToOneIsNamed() {
    var ended = new Run(folder, "http://127.0.0.1:1").without("SLIPWAY_APIKEY").of("service", "ls");
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).contains("slipway login --url URL");
  }

  @Test
  void aNameWithControlCharactersIsNeverPrintedRaw() {
    try (var server = Shop.server()) {
      server.list(
          "/api/app/v1/service/", Shop.service(Shop.WEB, "a b\\u001b[31m\\u202e", "Running", 1, 1));
      var ended = new Run(folder, server.url()).of("service", "ls");
      assertThat(ended.out()).contains("a b\\u001b[31m\\u202e").doesNotContain("\u001b", "\u202e");
    }
  }

  @Test
  void aNameThatBeginsWithAHyphenFollowsTwoOfThem() {
    try (var server = Shop.server()) {
      server.list(
          "/api/app/v1/service/?name=-x&limit=100", Shop.service(Shop.WEB, "-x", "Running", 1, 1));
      assertThat(new Run(folder, server.url()).of("why", "--", "-x").code()).isZero();
    }
  }
}
