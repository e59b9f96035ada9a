package dev.slipway.standalone;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What was asked for on the command line and in the environment.
 *
 * @param data an absolute path
 */
record Settings(int port, Path data, boolean simulated, Map<String, String> environment) {

  Settings {
    environment = Map.copyOf(environment);
  }

  /** Of an environment variable; one that is empty is as good as unset. */
  Optional<String> of(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }

  String user() {
    return of("SLIPWAY_USER").orElse("admin");
  }

  String bindAddress() {
    return of("SLIPWAY_BIND").orElse("127.0.0.1");
  }

  int kafkaPort() {
    return of("SLIPWAY_KAFKA_PORT").map(Integer::valueOf).orElse(9092);
  }

  /** Under which the person at this machine reaches the API. */
  String url() {
    var host = bindAddress();
    return "http://%s:%d".formatted(Objects.equals(host, "0.0.0.0") ? "127.0.0.1" : host, port);
  }
}
