package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.model.Secret;
import dev.slipway.model.api.ApiAddress;
import dev.slipway.model.service.EnvironmentVariable;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fault 16: containers are given an address of the API that they reach. */
class ApiRelayTest {

  @ParameterizedTest
  @CsvSource({
    "DOCKERCLOUD_REST_HOST, http://localhost:8080, http://172.18.0.1:8080",
    "DOCKERCLOUD_STREAM_HOST, ws://127.0.0.1:9000, ws://172.18.0.1:9000",
    "DOCKERCLOUD_SERVICE_API_URL, http://localhost/api/x/, http://172.18.0.1/api/x/",
    "DB_DOCKERCLOUD_API_URL, http://localhost:1/a, http://172.18.0.1:1/a",
    "DOCKERCLOUD_REST_HOST, http://slipway.example:8080, http://slipway.example:8080",
    "DOCKERCLOUD_REST_HOST, http://localhost.example, http://localhost.example",
    "DB_ENV_URL, http://localhost:8080, http://localhost:8080",
    "OWN, http://localhost:8080, http://localhost:8080",
  })
  void replacesTheLoopbackAddressInTheVariablesOfSlipway(String key, String value, String seen) {
    var changed =
        ApiAddress.reachable(
            List.of(new EnvironmentVariable(key, new Secret(value))), "172.18.0.1");
    assertThat(changed.getFirst().value().reveal()).isEqualTo(seen);
  }

  @Test
  void isNeededForAnApiOnTheLoopbackAddressOnly() {
    assertThat(ApiRelay.to(null)).isNull();
    assertThat(ApiRelay.to("http://10.0.0.5:8080")).isNull();
  }

  @Test
  void passesRequestsOnAndComesFromAnAddressOfTheNetworksOwn() throws Exception {
    var api = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    api.createContext(
        "/",
        exchange -> {
          var from = exchange.getRemoteAddress().getAddress().getHostAddress();
          var body = from.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    api.start();
    int port = api.getAddress().getPort();
    try (var relay = ApiRelay.to("http://localhost:" + port);
        var http = HttpClient.newHttpClient()) {
      relay.open("127.5.6.7"); // stands for the host's address in a network
      relay.open("127.5.6.7");
      var request = HttpRequest.newBuilder(URI.create("http://127.5.6.7:%d/".formatted(port)));
      assertThat(http.send(request.build(), BodyHandlers.ofString()).body()).isEqualTo("127.5.6.7");
    } finally {
      api.stop(0);
    }
  }
}
