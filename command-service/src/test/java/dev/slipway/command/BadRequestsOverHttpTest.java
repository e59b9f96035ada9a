package dev.slipway.command;

import static dev.slipway.command.OneCommandService.SERVICES;
import static dev.slipway.command.OneCommandService.action;
import static dev.slipway.command.OneCommandService.count;
import static dev.slipway.command.OneCommandService.created;
import static dev.slipway.command.OneCommandService.error;
import static dev.slipway.command.OneCommandService.events;
import static dev.slipway.command.OneCommandService.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Delimited;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Each kind of malformed request is refused with a JSON body, and nothing is stored for it. */
@ExtendWith(OneCommandService.class)
class BadRequestsOverHttpTest {

  private static final String LOGIN = "Authorization: Basic YWRtaW46a2V5\r\n";
  private static final String BODY = "{\"image\":\"demo/hello\"}";

  private record Answer(int status, String head, String body) {

    String error() {
      return JsonMapper.shared().readTree(body).path("error").asString();
    }
  }

  private static Answer raw(String request) throws IOException {
    var uri = OneCommandService.uri("/");
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return new Answer(0, "", text);
      }
      var status = Integer.parseInt(Delimited.split(text, ' ').get(1));
      return new Answer(status, text.substring(0, end), text.substring(end + 4));
    }
  }

  private static String post(String headers, String body) {
    return "POST %s HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n%s%sContent-Length: %d\r\n\r\n%s"
        .formatted(SERVICES, LOGIN, headers, body.length(), body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Change-Reason: a\r\n b\r\n",
        "X-Change-Reason: a\r\n\tb\r\n",
        "X-Change-Reason: a  \r\n  b\r\n",
        "X-Change-Reason:\r\n b\r\n",
        "X-Change-Reason: a\r\n \r\n",
        "X-Change-Reason:a\r\n b\r\n",
        "X-Change-Reason: abcdef\r\n ghijkl\r\n",
        "X-Change-Reason: a\r\n b          \r\n",
        "X-Change-Reason: a          \r\n b\r\n",
        "X-Change-Reason:a\r\n \r\n bcd\r\n",
        "X-Change-Reason: a\r\n b\r\n c\r\nX-Other: d\r\n",
        "X-Other: d\r\nTransfer-Encoding:\r\n chunked\r\n"
      })
  void aFoldedHeaderIsRefusedAndNothingIsDone(String headers) throws IOException {
    long before = events();

    var answer = raw(post(headers, BODY));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.error()).isNotBlank();
    assertThat(events()).isEqualTo(before);
  }

  @Test
  void headersOnOneLineEachAreTaken() throws IOException {
    var answer =
        raw(post("X-Change-Reason: a\tb  \r\nX-Empty:\r\nX-Blank: \r\nX-None:x\r\n", BODY));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    assertThat(answer.head()).containsIgnoringCase("X-Content-Type-Options: nosniff");
  }

  @Test
  void http09IsRefused() throws IOException {
    var answer = raw("GET /actuator/health\r\n\r\n");

    assertThat(answer.head() + answer.body()).doesNotContain("UP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/error", "/error/", "/error?x=1"})
  void thePathForErrorsIsNothingToClients(String path) {
    assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
    assertThat(error(send("POST", path, ""))).isEqualTo("there is nothing at this path");
  }

  @ParameterizedTest
  @CsvSource({
    "'Origin: http://a b',400",
    "'Origin: x',400",
    "'Origin: http://[',400",
    "'Content-Type: multipart/form-data',415",
    "'Content-Type: multipart/form-data; boundary=',415",
    "'Content-Type: multipart/mixed; boundary=x',415",
    "'Content-Type: a/b;;;=',415",
    "'Content-Type: ;',415",
    "'Content-Type: text/xml',415"
  })
  void aMalformedHeaderIsRefused(String header, int status) throws IOException {
    long before = events();

    var answer = raw(post(header + "\r\n", BODY));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.error()).isNotBlank();
    assertThat(events()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?=x", "?a=1&=x", "?%zz", "?a=%", "?a=%ED%A0%80"})
  void aMalformedQueryIsRefused(String query) throws IOException {
    var answer =
        raw(
            "POST %s%s HTTP/1.0\r\nHost: localhost\r\n%sContent-Length: 2\r\n\r\n{}"
                .formatted(SERVICES, query, LOGIN));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).startsWith("the query must");
  }

  @Test
  void moreThanAThousandParametersAreRefused() {
    var answer = send("POST", SERVICES + "?" + "a=1&".repeat(1_001), BODY);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(error(answer)).isEqualTo("the query must have at most 1000 parameters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} {}|the body must be one JSON document with nothing after it",
        "{}]|the body is no JSON: line 1, column 3: unexpected close marker ']'",
        "{nam: 1}|the body is no JSON: line 1, column 2: unexpected character ('n'",
        "{\"image\":\"a\",\"image\":\"b\"}|the body has a name twice in one object (line 1, column"
            + " 21)",
        "{\"image\":|the body is no JSON: line 1, column 10: unexpected end-of-input",
        "[]|the body must be a JSON object",
        "1|the body must be a JSON object",
        "{\"image\":\"\\ud800\"}|image must not contain half of a surrogate pair",
        "{\"image\":\"a\",\"labels\":{\"\\udc00\":\"x\"}}|labels must not contain half of a"
            + " surrogate pair",
        "{\"image\":\"a\",\"unknown\":[\"\\udc00\\ud800\"]}|unknown[0] must not contain half",
        "{\"image\":\"a\",\"unknown\":\"\\u0000\"}|unknown must not contain a NUL character"
      })
  void aBodyThatIsNotOnePlainDocumentIsRefused(String body, String message) {
    var answer = send("POST", SERVICES, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(error(answer)).startsWith(message).doesNotContain("java", "jackson");
  }

  @Test
  void aWholeSurrogatePairIsTaken() {
    created("{\"image\":\"demo/hello\",\"nickname\":\"\\ud83d\\ude00\"}");
  }

  @Test
  void unknownFieldsAreNotKept() {
    var answer =
        send(
            "POST",
            SERVICES,
            "{\"image\":\"demo/hello\",\"unknown\":\"%s\"}".formatted("x".repeat(60_000)));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(recorded(action(answer))).isLessThan(1_000);
  }

  @Test
  void theBodyOfARefusedRequestIsKeptUpTo16Kilobytes() {
    var answer =
        send(
            "POST",
            SERVICES,
            "{\"image\":\"demo/hello\",\"net\":\"%s\"}".formatted("\\\\".repeat(50_000)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(recorded(action(answer))).isLessThan(2_000);
  }

  private static long recorded(String action) {
    return count(
        "SELECT max(length(payload)) FROM events WHERE aggregate_identifier = ?",
        Delimited.last(action, '/'));
  }
}
