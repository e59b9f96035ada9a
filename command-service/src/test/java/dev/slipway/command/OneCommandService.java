package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.ledger.ClusterView;
import dev.slipway.command.messaging.Commands;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Wire;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command side on a PostgreSQL of its own that several tests of one run share. */
final class OneCommandService implements BeforeAllCallback {

  static final String SERVICES = "/api/app/v1/service/";
  static final String NODE = "0a000000-0000-4000-8000-00000000000a";
  private static final String ADMIN = "Basic YWRtaW46a2V5";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static @Nullable Running running;

  /** Ends with the last test of the run. */
  private record Running(EmbeddedPostgres postgres, ConfigurableApplicationContext context)
      implements AutoCloseable {

    static Running start() {
      try {
        var postgres = EmbeddedPostgres.builder().start();
        var context =
            new SpringApplicationBuilder(CommandServiceTest.WithoutReaders.class)
                .properties("spring.config.name=command-service")
                .run(
                    "--slipway.port=0",
                    "--slipway.user=admin",
                    "--slipway.apikey=key",
                    "--slipway.query=false",
                    "--slipway.trigger-guesses=100000",
                    "--slipway.quota.services=100000",
                    "--slipway.quota.containers=1000000",
                    "--slipway.quota.writes-per-second=100000",
                    "--slipway.kafka=127.0.0.1:1",
                    "--slipway.publishing-patience=1h",
                    "--slipway.postgres=" + postgres.getJdbcUrl("postgres", "postgres"));
        return new Running(postgres, context);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public void close() throws IOException {
      context.close();
      postgres.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext test) {
    running =
        test.getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
  }

  private static ConfigurableApplicationContext context() {
    return Objects.requireNonNull(running).context();
  }

  static <T> T bean(Class<T> type) {
    return context().getBean(type);
  }

  static <T> T bean(String name, Class<T> type) {
    return context().getBean(name, type);
  }

  static JdbcTemplate jdbc() {
    return bean(JdbcTemplate.class);
  }

  static URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:" + context().getEnvironment().getProperty("local.server.port") + path);
  }

  /**
   * @param headers names and values in turn
   */
  static HttpResponse<String> send(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", ADMIN)
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  static String error(HttpResponse<String> answer) {
    return json(answer).path("error").asString();
  }

  /** The new service, from an answer of 201. */
  static JsonNode created(String body) {
    var answer = send("POST", SERVICES, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  static String action(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-DockerCloud-Action-URI").orElseThrow();
  }

  static long count(String sql, Object... values) {
    var count = jdbc().queryForObject(sql, Long.class, values);
    return count == null ? 0 : count;
  }

  static long events() {
    return count("SELECT count(*) FROM events");
  }

  /** One node of the administrator's, from here on. */
  static void withNode() {
    jdbc()
        .update(
            "INSERT INTO nodes (node, namespace, reachable, facts) VALUES (?, 'admin', TRUE, ?)"
                + " ON CONFLICT DO NOTHING",
            NODE,
            Wire.MAPPER.writeValueAsString(
                new NodeFacts(
                    "alpha", List.of(), "127.0.0.1", "28", new Capacity(2, 512, 512), false)));
    bean(ClusterView.class).forget();
  }

  /** A node says that the first containers of the service run. */
  static void runs(String service) {
    var id = new ServiceId(service);
    List<ContainerReport> reports =
        jdbc()
            .queryForList(
                "SELECT container FROM placements WHERE service = ?", String.class, service)
            .stream()
            .<ContainerReport>map(
                container ->
                    new ContainerReport.Running(
                        id,
                        new ContainerId(container),
                        new NodeId(NODE),
                        Instant.now(),
                        1,
                        "engine-" + container,
                        "172.17.0.2",
                        List.of(),
                        null))
            .toList();
    bean(Commands.class).send(new ReportContainers(id, reports), id, "test");
  }
}
