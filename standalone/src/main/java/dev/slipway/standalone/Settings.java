package dev.slipway.standalone;

import dev.slipway.runtime.KafkaLogins;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.util.unit.DataSize;

/**
 * What was asked for on the command line and in the environment.
 *
 * @param data an absolute path
 */
record Settings(int port, Path data, boolean simulated, Map<String, String> environment) {

  private static final DataSize DISK_RESERVE = DataSize.ofMegabytes(512);

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

  /** Logs in to Kafka brokers of the user with the client properties of the settings, if any. */
  void useKafkaLogin() {
    of("SLIPWAY_KAFKA")
        .ifPresent(
            servers ->
                of("SLIPWAY_KAFKA_PROPERTIES")
                    .ifPresent(file -> KafkaLogins.use(servers, Path.of(file))));
  }

  /** Bytes of the data folder's disk that are kept free. */
  long diskReserve() {
    var given = of("SLIPWAY_DISK_RESERVE");
    try {
      return given.map(DataSize::parse).orElse(DISK_RESERVE).toBytes();
    } catch (IllegalArgumentException malformed) {
      throw new CannotStart(
          "SLIPWAY_DISK_RESERVE must be a size such as 512MB or 2GB (got \"%s\")"
              .formatted(given.orElseThrow()));
    }
  }

  /** Under which the person at this machine reaches the API. */
  String url() {
    var host = bindAddress();
    return "http://%s:%d".formatted(Objects.equals(host, "0.0.0.0") ? "127.0.0.1" : host, port);
  }
}
