package dev.slipway.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {

  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/whole", 201, false);
    answer("/chunks", 200, true);
    answer("/refused", 409, false);
    server.start();
  }

  private void answer(String path, int status, boolean chunked) {
    server.createContext(
        path,
        exchange -> {
          var said = exchange.getRequestBody().readAllBytes();
          var body =
              ("{\"said\":\"" + new String(said, StandardCharsets.UTF_8) + "\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("ETag", "\"7\"");
          exchange.sendResponseHeaders(status, chunked ? 0 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsOneAnswerAfterTheOther() {
    try (var connection = Address.of(server.getAddress().getPort(), "me", "key").connect()) {
      var whole = connection.post("/whole", "hello");
      assertThat(whole.status()).isEqualTo(201);
      assertThat(whole.etag()).isEqualTo("7");
      assertThat(whole.json().path("said").asString()).isEqualTo("hello");

      assertThat(connection.patch("/chunks", "there").text()).isEqualTo("{\"said\":\"there\"}");
      assertThat(connection.get("/whole").text()).isEqualTo("{\"said\":\"\"}");
    }
  }

  @Test
  void saysWhatWasRefused() {
    try (var connection = Address.of(server.getAddress().getPort(), "me", "key").connect()) {
      var refused = connection.delete("/refused");
      assertThatThrownBy(() -> refused.orThrow("delete"))
          .isInstanceOf(Answer.ServerRefused.class)
          .hasMessage("delete: 409 {\"said\":\"\"}");
    }
  }
}
