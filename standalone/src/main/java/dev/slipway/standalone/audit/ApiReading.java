package dev.slipway.standalone.audit;

import dev.slipway.model.Namespace;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The read model, over HTTP and as everybody sees it. */
public final class ApiReading implements Shown.ReadModel, AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LONGEST).build();
  private final String base;
  private final Namespace namespace;
  private final String authorization;

  public ApiReading(String base, Namespace namespace, String user, String apiKey) {
    this.base = base;
    this.namespace = namespace;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + apiKey).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean shows(Namespace asked) {
    return namespace.equals(asked);
  }

  @Override
  public Optional<Shown> of(Service service) {
    var uri = ResourceUri.of(service.namespace(), service.id());
    var answer = get(uri);
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    return Optional.of(
        new Shown(json(uri, answer), answer.headers().firstValue("ETag").orElse(""), list(uri)));
  }

  @Override
  public boolean has(String uri) {
    var answer = get(uri);
    return answer.statusCode() != 404 && !json(uri, answer).isEmpty();
  }

  @Override
  public List<ServiceId> services() {
    return objects("/api/app/v1/%s/service/?limit=100".formatted(namespace)).stream()
        .map(one -> new ServiceId(one.path("uuid").asString()))
        .toList();
  }

  private List<JsonNode> list(String service) {
    return objects("/api/app/v1/%s/container/?limit=100&service=%s".formatted(namespace, service));
  }

  private List<JsonNode> objects(String list) {
    var objects = new ArrayList<JsonNode>();
    var page = list;
    while (!page.isEmpty()) {
      var json = json(page, get(page));
      json.path("objects").forEach(objects::add);
      page = json.path("meta").path("next").asString("");
    }
    return objects;
  }

  private static JsonNode json(String path, HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new CannotAudit("%s answers %d".formatted(path, answer.statusCode()));
    }
    return JsonMapper.shared().readTree(answer.body());
  }

  private HttpResponse<String> get(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LONGEST)
            .header("Authorization", authorization)
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException nobody) {
      throw new CannotAudit("no Slipway answers at %s: %s".formatted(base, nobody));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotAudit("interrupted");
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
