package dev.slipway.docker.discovery;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Asks whether an Engine answers over TCP, with TLS where the address has certificates. */
final class TcpPing {

  private TcpPing() {}

  /**
   * @return why none answers; empty if one does
   */
  static Optional<String> problem(EngineAddress address, Duration timeout) {
    try (var transport =
            new ZerodepDockerHttpClient.Builder()
                .dockerHost(address.host())
                .sslConfig(EngineTls.of(address.tls()))
                .connectionTimeout(timeout)
                .responseTimeout(timeout)
                .build();
        var docker = DockerClientImpl.getInstance(config(address), transport)) {
      docker.pingCmd().exec();
      return Optional.empty();
    } catch (IOException | RuntimeException failure) {
      return Optional.of(reason(failure));
    }
  }

  private static DefaultDockerClientConfig config(EngineAddress address) {
    return DefaultDockerClientConfig.createDefaultConfigBuilder()
        .withDockerHost(address.host().toString())
        .withDockerTlsVerify(false)
        .build();
  }

  private static String reason(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    var message = String.valueOf(cause.getMessage()).strip();
    return message.contains("HTTP request to an HTTPS server")
        ? message + ": set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH"
        : message;
  }
}
