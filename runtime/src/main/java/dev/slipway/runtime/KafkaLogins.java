package dev.slipway.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The client properties by which this process logs in to Kafka: those of the embedded broker for
 * its address, and those of the file in SLIPWAY_KAFKA_PROPERTIES for every other broker.
 */
public final class KafkaLogins {

  private static final String SETTING = "SLIPWAY_KAFKA_PROPERTIES";
  private static final String SERVERS = "bootstrap.servers";

  private static final Map<String, Path> FILES = new ConcurrentHashMap<>();

  private KafkaLogins() {}

  /** Logs in to these brokers with the properties of a file, which is read for each client. */
  public static void use(String servers, Path properties) {
    FILES.put(servers, properties);
  }

  /**
   * The settings of a client. The client's own settings override those of the file.
   *
   * @throws IllegalStateException if the file cannot be read
   */
  public static Map<String, Object> settings(String servers, Map<String, ?> own) {
    var settings = new HashMap<String, Object>(read(file(servers)));
    settings.putAll(own);
    settings.put(SERVERS, servers);
    return settings;
  }

  private static @Nullable Path file(String servers) {
    var known = FILES.get(servers);
    if (known != null) {
      return known;
    }
    var given = System.getenv(SETTING);
    return given == null || given.isBlank() ? null : Path.of(given.strip());
  }

  private static Map<String, String> read(@Nullable Path file) {
    if (file == null) {
      return Map.of();
    }
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException failure) {
      throw new IllegalStateException(
          "%s must name a readable file of Kafka client properties (got %s: %s)"
              .formatted(SETTING, file, failure),
          failure);
    }
    var settings = new HashMap<String, String>();
    properties
        .stringPropertyNames()
        .forEach(name -> settings.put(name, properties.getProperty(name)));
    return settings;
  }
}
