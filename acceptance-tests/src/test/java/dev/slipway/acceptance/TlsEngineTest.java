package dev.slipway.acceptance;

import dev.slipway.docker.discovery.TestCertificates;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Engine that listens with {@code --tlsverify}, used as the Docker CLI would use it. */
class TlsEngineTest {

  private static final EngineRelease RELEASE = EngineRelease.NEWEST;

  @Test
  void containersAreMadeOverTls(@TempDir Path folder, @TempDir Path data) throws Exception {
    var certificates = new TestCertificates();
    var own = certificates.write(folder.resolve("engine"), "localhost");
    var client = certificates.write(folder.resolve("client"), "client");
    try (var engine = DebianEngine.startWithTls(RELEASE, own)) {
      var seen = Engine.at(engine.host());
      seen.loadImage();
      var settings =
          Map.of(
              "DOCKER_HOST",
              "tcp://127.0.0.1:2376",
              "DOCKER_TLS_VERIFY",
              "1",
              "DOCKER_CERT_PATH",
              client.toString(),
              "SLIPWAY_PULL",
              "missing");
      try (var slipway = Slipway.beside(engine, data, settings)) {
        new ServiceLifeScenario(slipway.api(), seen, engine.address()).play();
      }
    }
  }
}
