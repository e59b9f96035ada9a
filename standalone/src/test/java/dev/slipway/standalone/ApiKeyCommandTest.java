package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command asks of a server, and what it makes of the answers. */
class ApiKeyCommandTest {

  private static final String UUID = "4e000000-0000-4000-8000-000000000001";
  private static final String KEY =
      """
      {"uuid":"%s","user":"alice","label":"CI","role":%s,
       "created":"Mon, 13 Oct 2014 11:01:43 +0000"%s}""";

  @TempDir Path data;
  private final List<String> asked = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();
  private HttpServer server;
  private int status = 200;
  private String answer = "{}";

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              "%s %s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Authorization"),
                      new String(
                          exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          var bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    environment.put("SLIPWAY_URL", "http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
    environment.put("SLIPWAY_DATA", data.toString());
    Files.writeString(data.resolve("apikey"), "key\n");
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private int run(String... arguments) {
    return ApiKeyCommand.commandLine(environment)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void printsANewKeyAloneSoThatAScriptCanTakeIt() {
    status = 201;
    answer = KEY.formatted(UUID, "\"reader\"", ",\"apikey\":\"abc\"");

    assertThat(run("create", "--role", "reader", "--label", "a \"b\"")).isZero();

    assertThat(out.toString()).isEqualToIgnoringNewLines("abc");
    assertThat(err.toString()).contains(UUID, "alice").doesNotContain("abc");
    assertThat(asked.getFirst())
        .startsWith("POST /api/account/v1/apikey/ Basic YWRtaW46a2V5 {")
        .contains("\"role\":\"reader\"", "\"label\":\"a \\\"b\\\"\"");
  }

  @Test
  void listsTheKeysOfAnother() {
    answer = "{\"objects\":[%s]}".formatted(KEY.formatted(UUID, "null", ""));
    environment.put("SLIPWAY_USER", "root");
    environment.put("SLIPWAY_APIKEY", "k");

    assertThat(run("list", "--user", "alice b")).isZero();

    assertThat(out.toString()).contains("UUID", UUID, "all ", "13 Oct 2014", "CI");
    assertThat(asked).containsExactly("GET /api/account/v1/apikey/?user=alice+b Basic cm9vdDpr ");
  }

  @Test
  void revokesAKey() {
    assertThat(run("--user", "alice", "revoke", UUID)).isZero();
    assertThat(asked.getFirst())
        .startsWith("DELETE /api/account/v1/apikey/%s/?user=alice ".formatted(UUID));
  }

  @Test
  void saysWhyItIsRefused() {
    status = 403;
    answer = "{\"error\":\"this needs the role admin\"}";
    assertThat(run("create")).isEqualTo(1);
    assertThat(err.toString()).isEqualToIgnoringNewLines("slipway: this needs the role admin");
  }

  @Test
  void saysThatTheLoginIsWrong() {
    status = 401;
    assertThat(run("list")).isEqualTo(1);
    assertThat(err.toString()).contains("SLIPWAY_USER and SLIPWAY_APIKEY");
  }

  @Test
  void saysWhatToDoIfNobodyAnswers() {
    server.stop(0);
    assertThat(run("list")).isEqualTo(1);
    assertThat(err.toString()).contains("no Slipway answers at http://127.0.0.1:", "./slipway up");
  }

  @Test
  void saysThatSomethingElseAnswers() {
    answer = "<html>";
    assertThat(run("list")).isEqualTo(1);
    assertThat(err.toString()).contains("is no Slipway");
  }

  @Test
  void saysWhereItLooksForAKey() throws IOException {
    Files.delete(data.resolve("apikey"));
    assertThat(run("list")).isEqualTo(1);
    assertThat(err.toString()).contains(data.resolve("apikey").toString(), "SLIPWAY_APIKEY");
  }

  @Test
  void wantsToKnowWhatToDo() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("revoke")).isEqualTo(2);
    assertThat(run("create", "--colour", "red")).isEqualTo(2);
    assertThat(asked).isEmpty();
  }
}
