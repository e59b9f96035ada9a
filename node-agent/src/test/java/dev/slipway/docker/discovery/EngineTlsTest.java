package dev.slipway.docker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.slipway.docker.EngineConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTlsTest {

  @TempDir Path folder;

  private final TestCertificates certificates = new TestCertificates();
  private HttpsServer engine;

  EngineTlsTest() throws Exception {}

  /** An Engine as with {@code dockerd --tlsverify}: it asks for a client certificate. */
  @BeforeEach
  void startEngine() throws Exception {
    var own = certificates.write(folder.resolve("engine"), "localhost");
    var context =
        Objects.requireNonNull(EngineTls.of(new EngineAddress.Tls(own, true))).getSSLContext();
    engine = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    engine.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            var asked = context.getDefaultSSLParameters();
            asked.setNeedClientAuth(true);
            parameters.setSSLParameters(asked);
          }
        });
    answerPing(engine);
    engine.start();
  }

  @AfterEach
  void stopEngine() {
    engine.stop(0);
  }

  private static void answerPing(HttpServer server) {
    server.createContext(
        "/",
        exchange -> {
          var answer =
              exchange.getRequestURI().getPath().equals("/version")
                  ? "{\"Version\":\"20.10\",\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}"
                  : "OK";
          exchange.getResponseHeaders().add("Api-Version", "1.41");
          exchange.sendResponseHeaders(200, answer.length());
          exchange.getResponseBody().write(answer.getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
  }

  private Optional<String> problem(String host, EngineAddress.@Nullable Tls tls) {
    var address = URI.create("tcp://%s:%d".formatted(host, engine.getAddress().getPort()));
    return EngineProbe.problem(new EngineAddress(address, tls));
  }

  @Test
  void anEngineWithTlsAnswersAClientWithACertificate() throws Exception {
    var client = certificates.write(folder.resolve("client"), "client");
    assertThat(problem("127.0.0.1", new EngineAddress.Tls(client, true))).isEmpty();
    assertThat(problem("localhost", new EngineAddress.Tls(client, true))).isEmpty();
  }

  @Test
  void theConnectionOfTheAgentUsesTheCertificates() throws Exception {
    var client = certificates.write(folder.resolve("client"), "client");
    var host = URI.create("tcp://127.0.0.1:" + engine.getAddress().getPort());
    var address = new EngineAddress(host, new EngineAddress.Tls(client, true));
    try (var connection = EngineConnection.at(address)) {
      assertThat(connection.version().version()).hasToString("1.41");
    }
  }

  @Test
  void aClientWithoutACertificateIsRefused() throws Exception {
    var client = certificates.write(folder.resolve("client"), "client");
    Files.delete(client.resolve("cert.pem"));
    Files.delete(client.resolve("key.pem"));
    assertThat(problem("127.0.0.1", new EngineAddress.Tls(client, true))).isPresent();
  }

  @Test
  void anEngineOfAnotherAuthorityIsNotTrustedUnlessVerificationIsSkipped() throws Exception {
    var client = certificates.write(folder.resolve("client"), "client");
    new TestCertificates().write(folder.resolve("other"), "other");
    Files.copy(
        folder.resolve("other/ca.pem"),
        client.resolve("ca.pem"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(problem("127.0.0.1", new EngineAddress.Tls(client, true))).isPresent();
    assertThat(problem("127.0.0.1", new EngineAddress.Tls(client, false))).isEmpty();
  }

  @Test
  void aMissingFolderOfCertificatesIsNamed() {
    assertThat(problem("127.0.0.1", new EngineAddress.Tls(folder.resolve("none"), true)))
        .get()
        .asString()
        .contains("there is no such folder")
        .contains(folder.resolve("none").toString());
  }

  @Test
  void aConnectionWithoutTlsFailsWithAReason() {
    assertThat(problem("127.0.0.1", null)).isPresent();
  }

  @Test
  void anEngineWithoutTlsIsReachedOverTcp() throws Exception {
    var plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answerPing(plain);
    plain.start();
    var address = URI.create("tcp://127.0.0.1:" + plain.getAddress().getPort());
    assertThat(EngineProbe.problem(new EngineAddress(address, null))).isEmpty();
    plain.stop(0);
    assertThat(EngineProbe.problem(new EngineAddress(address, null)))
        .get()
        .asString()
        .containsIgnoringCase("refused");
  }
}
