package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

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
        var calls = new ServiceCalls(slipway.api(), seen) {};
        var uri = calls.running("secured", Map.of("target_num_containers", 2));
        assertThat(seen.runningOf(calls.uuid(uri))).isEqualTo(2);
        assertThat(calls.exec(uri, "echo over TLS")).contains("over TLS");
        calls.end(uri);
      }
    }
  }
}
