package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A command service whose Kafka is away. */
class StalledPublishingOverHttpTest {

  private static final String SERVICE = "{\"image\":\"demo/hello\"}";

  private static HttpResponse<String> send(
      ConfigurableApplicationContext context, String method, String path, String body)
      throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var port = context.getEnvironment().getProperty("local.server.port");
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("Authorization", "Basic YWRtaW46a2V5")
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void refusesWritesAndIsNotReadyOnceEventsHaveWaitedForTooLong() throws Exception {
    try (var postgres = EmbeddedPostgres.builder().start();
        var context =
            new SpringApplicationBuilder(CommandServiceTest.WithoutReaders.class)
                .properties("spring.config.name=command-service")
                .run(
                    "--slipway.port=0",
                    "--slipway.user=admin",
                    "--slipway.apikey=key",
                    "--slipway.query=false",
                    "--slipway.kafka=127.0.0.1:1",
                    "--slipway.publishing-patience=1s",
                    "--slipway.postgres=" + postgres.getJdbcUrl("postgres", "postgres"))) {
      var services = "/api/app/v1/service/";
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> send(context, "POST", services, SERVICE).statusCode() == 503);
      var refused = send(context, "POST", services, SERVICE);
      assertThat(refused.body()).contains("nothing could be published since");
      assertThat(refused.headers().firstValueAsLong("Retry-After")).isPresent();
      var readiness = send(context, "GET", "/actuator/health/readiness", "");
      assertThat(readiness.statusCode()).isEqualTo(503);
      assertThat(readiness.body()).contains("nothing was published since");
    }
  }
}
