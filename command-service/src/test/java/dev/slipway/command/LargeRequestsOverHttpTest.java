package dev.slipway.command;

import static dev.slipway.command.OneCommandService.NODE;
import static dev.slipway.command.OneCommandService.error;
import static dev.slipway.command.OneCommandService.events;
import static dev.slipway.command.OneCommandService.json;
import static dev.slipway.command.OneCommandService.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Delimited;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Requests of a megabyte, in whatever part, are answered by a JSON error and stored nowhere. */
@ExtendWith(OneCommandService.class)
class LargeRequestsOverHttpTest {

  private static final int MEGABYTE = 1_000_000;
  private static final String LOGIN = "Authorization: Basic YWRtaW46a2V5\r\n";
  private static final String NODE_URI = "/api/infra/v1/node/" + NODE + "/";

  private static String lines(String line, int times) {
    return IntStream.range(0, times)
        .mapToObj(number -> line.formatted(number) + "\r\n")
        .collect(Collectors.joining());
  }

  private static String head(String target, String headers) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + LOGIN + headers + "\r\n";
  }

  static Stream<Arguments> heads() {
    var long1 = "a".repeat(MEGABYTE);
    return Stream.of(
        Arguments.of("one header", head("/", "X-Change-Reason: " + long1 + "\r\n")),
        Arguments.of("many headers", head("/", lines("X-%d: " + "b".repeat(990), 1_000))),
        Arguments.of("very many headers", head("/", lines("X-%d:", 100_000))),
        Arguments.of("a name", head("/", long1 + ": a\r\n")),
        Arguments.of("a path", head("/" + long1, "")),
        Arguments.of("a query", head("/?a=" + long1, "")),
        Arguments.of("a login", head("/", "Authorization: Basic " + long1 + "\r\n")),
        Arguments.of("a cookie", head("/", "Cookie: a=" + long1 + "\r\n")),
        Arguments.of("a method", long1 + " / HTTP/1.1\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heads")
  void aHeadOfAMegabyteIsRefused(String part, String request) throws IOException {
    long before = events();
    var uri = OneCommandService.uri("/");
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(30_000);
      var writing = Thread.startVirtualThread(() -> write(socket, request));
      var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(Integer.parseInt(Delimited.split(text, ' ').get(1))).as(part).isBetween(400, 499);
      var body = text.substring(text.indexOf("\r\n\r\n") + 4);
      assertThat(JsonMapper.shared().readTree(body).path("error").asString()).isNotBlank();
      writing.interrupt();
    }
    assertThat(events()).isEqualTo(before);
  }

  private static void write(Socket socket, String request) {
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException refusedMeanwhile) {
      // The server may have answered and closed before it has read all.
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'nickname':'%s'}",
        "{'nickname':['%s']}",
        "{'tags':'%s'}",
        "{'tags':['%s']}",
        "{'tags':[{'name':'%s'}]}",
        "{'%s':1}",
        "{'a':'%s'}",
        "'%s'",
        "[['%s']]"
      })
  void aNodesBodyOfAMegabyteIsRefused(String form) {
    for (var filling : new String[] {"/", "a", "\\\\", " "}) {
      var text = filling.repeat(MEGABYTE / filling.length());
      var answer = send("PATCH", NODE_URI, form.replace('\'', '"').formatted(text));
      assertThat(answer.statusCode()).isBetween(400, 499);
      assertThat(error(answer)).isNotBlank().hasSizeLessThan(2_500);
    }
  }

  @Test
  void aNodeHasAThousandTagsAtMostAndKeepsKnownAttributesOnly() {
    OneCommandService.withNode();
    var tags =
        IntStream.range(0, 1_001).mapToObj("\"t%d\""::formatted).collect(Collectors.joining(","));
    var refused = send("PATCH", NODE_URI, "{\"tags\":[%s]}".formatted(tags));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(error(refused)).isEqualTo("tags must have at most 1000 entries");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/account/v1/apikey/",
        "/api/account/v1/user/",
        "/api/account/v1/session/",
        "/api/account/v1/repair/"
      })
  void everyOtherBodyOfAMegabyteIsRefusedToo(String path) {
    var answer = send("POST", path, "{\"label\":\"%s\"}".formatted("a".repeat(MEGABYTE)));
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(error(answer)).isNotBlank().hasSizeLessThan(2_500);
  }

  /** Headers of an answer have a limit too: many warnings would break it. */
  @Test
  void manyWarningsFitIntoAnAnswer() {
    var keys =
        IntStream.range(0, 30)
            .mapToObj(number -> "\"unknown_%030d\":1".formatted(number))
            .collect(Collectors.joining(","));
    var services =
        IntStream.range(0, 60)
            .mapToObj(
                number -> "{\"name\":\"s%d\",\"image\":\"demo/hello\",%s}".formatted(number, keys))
            .collect(Collectors.joining(","));
    var answer =
        send(
            "POST",
            "/api/app/v1/stack/",
            "{\"name\":\"warned\",\"services\":[%s]}".formatted(services));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    var warnings = answer.headers().allValues("Slipway-Warning");
    assertThat(warnings).hasSize(21).first().asString().contains("services[0].unknown_0");
    assertThat(warnings.getLast()).isEqualTo("1240 more warnings");
    assertThat(json(answer).path("services")).hasSize(60);
  }
}
