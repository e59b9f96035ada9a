package dev.slipway.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.query.projection.FakeLog;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bare address and the version, over HTTP and without a login. */
class RootApiTest {

  static final List<String> BROWSER =
      List.of("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

  static QueryServer server;

  @BeforeAll
  static void start() {
    server = new QueryServer(new FakeLog(), "--slipway.console=false");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  @Test
  void namesTheApiDocumentToPrograms() throws Exception {
    var root = json(server.getOpenly("/", List.of()));
    assertThat(root.get("api").asString()).isEqualTo("/v3/api-docs");
    assertThat(root.get("version").asString()).isNotBlank();
    for (var accept : List.of("*/*", "application/json", "no media type")) {
      assertThat(json(server.getOpenly("/", List.of("Accept", accept))).has("console")).isTrue();
    }
  }

  @Test
  void sendsNobodyToAConsoleThatIsOff() throws Exception {
    assertThat(json(server.getOpenly("/", BROWSER)).get("console").isNull()).isTrue();
  }

  @Test
  void showsTheVersionWithoutALogin() throws Exception {
    for (var path : List.of("/version", "/version/")) {
      var version = json(server.getOpenly(path, List.of()));
      assertThat(version.get("version").asString()).isNotBlank().doesNotContain("@");
      assertThat(version.has("commit")).isTrue();
      assertThat(version.has("built_at")).isTrue();
    }
  }
}
