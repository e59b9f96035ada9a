package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client with the habits of the Python SDK and its CLI. Sends a content type always, also without
 * a body; pages by adding numbers; finds things by the beginning of their uuid, then by name; waits
 * for actions by asking again and again.
 */
final class PythonClient {

  private static final JsonMapper JSON = JsonMapper.shared();
  static final String APP = "/api/app/v1/";

  final Api api;

  PythonClient(Api api) {
    this.api = api;
  }

  Api.Answer send(String method, String path, Object body) {
    var text = body == null ? (method.equals("POST") ? "" : null) : JSON.writeValueAsString(body);
    return api.call(
        method,
        path,
        text,
        "Content-Type",
        "application/json",
        "Accept",
        "*/*",
        "User-Agent",
        "dockercloud-cli/1.0.9 python-dockercloud/1.0.12");
  }

  List<JsonNode> list(String kind, Map<String, String> filters) {
    var all = new ArrayList<JsonNode>();
    var parameters = new LinkedHashMap<>(filters);
    while (true) {
      var page = send("GET", APP + kind + "/" + query(parameters), null).is(200).json();
      page.path("objects").forEach(all::add);
      var meta = page.path("meta");
      if (meta.path("next").isNull()) {
        return all;
      }
      parameters.put("limit", meta.path("limit").asString());
      parameters.put("offset", "" + (meta.path("offset").asInt() + meta.path("limit").asInt()));
    }
  }

  JsonNode fetch(String kind, String identifier) {
    var found = list(kind, Map.of("uuid__startswith", identifier));
    if (found.isEmpty()) {
      found = list(kind, Map.of("name", identifier));
    }
    assertThat(found).as(identifier).hasSize(1);
    var uuid = found.getFirst().path("uuid").asString();
    return send("GET", APP + kind + "/" + uuid + "/", null).is(200).json();
  }

  JsonNode sync(Api.Answer written) {
    var action = written.raw().headers().firstValue("X-DockerCloud-Action-URI").orElseThrow();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Set.of("success", "failed")
                    .contains(
                        send("GET", action, null).is(200).text("state").toLowerCase(Locale.ROOT)));
    assertThat(send("GET", action, null).text("state")).isEqualTo("Success");
    return written.json();
  }

  JsonNode act(JsonNode thing, String verb) {
    return sync(send("POST", thing.path("resource_uri").asString() + verb + "/", null).is(202));
  }

  private static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "?", ""));
  }

  static String uri(JsonNode thing) {
    return thing.path("resource_uri").asString();
  }
}
