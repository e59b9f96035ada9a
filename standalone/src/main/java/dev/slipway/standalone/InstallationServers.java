package dev.slipway.standalone;

import dev.slipway.docker.discovery.EngineChoice;
import dev.slipway.model.wire.Wire;
import dev.slipway.runtime.KafkaLogins;
import dev.slipway.standalone.audit.CannotAudit;
import dev.slipway.standalone.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * The servers of an installation: a Slipway that starts writes them into its data folder, for
 * commands that are given the folder alone. Settings that name a server count more.
 *
 * @param environment the settings, completed from the data folder
 */
record InstallationServers(Map<String, String> environment) {

  private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};
  private static final String FILE = "servers.json";
  private static final String FOLDER = "folder";
  private static final String KAFKA_PROPERTIES = "SLIPWAY_KAFKA_PROPERTIES";

  InstallationServers {
    environment = Map.copyOf(environment);
  }

  /**
   * Writes the servers of a Slipway that starts; only its owner can read the file.
   *
   * @param engine null where containers are simulated
   */
  static void write(Settings settings, String kafka, @Nullable EngineChoice engine) {
    var servers = new HashMap<String, String>();
    servers.put(FOLDER, settings.data().toString());
    servers.put("SLIPWAY_URL", settings.url());
    servers.put("SLIPWAY_USER", settings.user());
    servers.put("SLIPWAY_KAFKA", kafka);
    settings
        .of(KAFKA_PROPERTIES)
        .or(() -> embeddedLogin(settings))
        .ifPresent(file -> servers.put(KAFKA_PROPERTIES, file));
    for (var setting : List.of("SLIPWAY_POSTGRES", "SLIPWAY_NAMESPACE")) {
      settings.of(setting).ifPresent(value -> servers.put(setting, value));
    }
    if (engine != null && engine.address().toString().startsWith("unix://")) {
      servers.put("SLIPWAY_ENGINE", engine.address().toString());
    }
    write(settings.data(), servers);
  }

  private static Optional<String> embeddedLogin(Settings settings) {
    return settings.of("SLIPWAY_KAFKA").isPresent()
        ? Optional.empty()
        : Optional.of(settings.data().resolve("secrets/kafka.properties").toString());
  }

  private static void write(Path data, Map<String, String> servers) {
    var file = data.resolve(FILE);
    var part = data.resolve(FILE + ".new");
    try {
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(part, Wire.write(servers));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * @param settings SLIPWAY_DATA names the folder, the rest counts more than what it says
   */
  static InstallationServers of(Map<String, String> settings) {
    var given = new HashMap<>(settings);
    given.values().removeIf(String::isBlank);
    var complete = new HashMap<>(written(folder(given)));
    var other = given.get("SLIPWAY_KAFKA");
    if (other != null && !other.equals(complete.get("SLIPWAY_KAFKA"))) {
      complete.remove(KAFKA_PROPERTIES); // the login is that of the server written there
    }
    complete.putAll(given);
    return new InstallationServers(complete);
  }

  private static Path folder(Map<String, String> settings) {
    return Path.of(settings.getOrDefault("SLIPWAY_DATA", ".slipway")).toAbsolutePath().normalize();
  }

  /** A copy of a folder has the file of the original, whose servers are not the copy's. */
  private static Map<String, String> written(Path folder) {
    try {
      var read = Wire.MAPPER.readValue(Files.readAllBytes(folder.resolve(FILE)), SETTINGS);
      var of = read.remove(FOLDER);
      return folder.toString().equals(of) ? read : Map.of();
    } catch (IOException | JacksonException none) {
      return Map.of();
    }
  }

  Optional<String> of(String variable) {
    return Optional.ofNullable(environment.get(variable));
  }

  Path folder() {
    return folder(environment);
  }

  /** The bootstrap servers of Kafka, to which clients of this process log in from now on. */
  String kafka() {
    var servers =
        of("SLIPWAY_KAFKA").orElseGet(() -> "127.0.0.1:" + of("SLIPWAY_KAFKA_PORT").orElse("9092"));
    of(KAFKA_PROPERTIES).ifPresent(file -> KafkaLogins.use(servers, Path.of(file)));
    return servers;
  }

  /**
   * The URL of PostgreSQL. An embedded one is asked for its port each time.
   *
   * @throws CannotAudit if none is named, and none runs in the data folder
   */
  String postgres() {
    return of("SLIPWAY_POSTGRES")
        .or(() -> EmbeddedDatabase.urlOfRunning(folder().resolve("postgres")))
        .orElseThrow(
            () ->
                new CannotAudit(
                    "no PostgreSQL runs in %s; name the data folder of a running Slipway with --data, or the server in SLIPWAY_POSTGRES"
                        .formatted(folder())));
  }
}
