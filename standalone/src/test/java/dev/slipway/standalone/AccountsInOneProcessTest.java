package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.embedded.ChildProcess;
import dev.slipway.standalone.embedded.FreePort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's key, from the command line through the log to the next start. */
class AccountsInOneProcessTest {

  private static final String SERVICES = "/api/app/v1/service/";

  private final int port = FreePort.forSlipway();
  private final String url = "http://127.0.0.1:" + port;
  @TempDir Path data;

  private ChildProcess up() throws IOException {
    var slipway =
        ChildProcess.run(
            Map.of("SLIPWAY_KAFKA_PORT", "0"),
            Standalone.class,
            "--simulated",
            "--port",
            Integer.toString(port),
            "--data",
            data.toString());
    slipway.awaitLine("Slipway runs at");
    return slipway;
  }

  /** As the administrator, with the key in the data folder. */
  private String apikey(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        ApiKeyCommand.commandLine(Map.of("SLIPWAY_URL", url, "SLIPWAY_DATA", data.toString()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    assertThat(exitCode).as(err.toString()).isZero();
    return out.toString().strip();
  }

  private HttpResponse<String> send(String method, String path, String login, String body)
      throws Exception {
    var basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Basic " + basic)
            .method(method, BodyPublishers.ofString(body))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  @Test
  void aKeyWorksFromItsAnswerOnUntilItIsRevoked() throws Exception {
    String key;
    try (var slipway = up()) {
      var admin = "admin:" + java.nio.file.Files.readString(data.resolve("apikey")).strip();
      assertThat(send("POST", "/api/account/v1/user/", admin, "{\"name\":\"alice\"}").statusCode())
          .isEqualTo(201);
      key = apikey("create", "--user", "alice", "--label", "CI");
      var made = send("POST", SERVICES, "alice:" + key, "{\"image\":\"demo/hello\"}");
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      var uri = made.headers().firstValue("X-DockerCloud-Action-URI").orElseThrow();
      assertThat(send("GET", uri, "alice:" + key, "").body()).contains("\"alice\"", "Success");
      assertThat(send("GET", uri, admin, "").statusCode()).isEqualTo(404);
      assertThat(slipway.terminate()).isEqualTo(128 + 15);
    }
    try (var slipway = up()) {
      var listed = send("GET", SERVICES, "alice:" + key, "");
      assertThat(listed.body()).contains("\"total_count\":1", "/api/app/v1/alice/service/");
      var row = apikey("list", "--user", "alice").lines().skip(1).findFirst().orElseThrow();
      assertThat(row).contains("CI").doesNotContain(key);
      apikey("revoke", "--user", "alice", row.substring(0, 36));
      assertThat(send("GET", SERVICES, "alice:" + key, "").statusCode()).isEqualTo(401);
      assertThat(slipway.terminate()).isEqualTo(128 + 15);
    }
  }
}
