package dev.slipway.benchmarks.processes;

import dev.slipway.benchmarks.http.Address;
import dev.slipway.benchmarks.http.Connection;
import dev.slipway.docker.EngineConnection;
import dev.slipway.docker.EngineUnusable;
import dev.slipway.docker.discovery.EngineAddress;
import dev.slipway.docker.discovery.EngineFinder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The Docker Engine of this machine, spoken to without a library. Paths are given without the API
 * version: it is negotiated once.
 */
public final class EngineApi {

  public static final String IMAGE = "demo/hello:latest";

  private final EngineAddress engine = EngineFinder.find().address();
  private final Address address;
  private @Nullable Address versioned;

  public EngineApi() {
    this.address = Address.of(Objects.requireNonNullElse(engine.socket(), Path.of("none")));
  }

  public boolean answers() {
    return address.answers("/_ping");
  }

  public boolean hasImage() {
    try (var connection = connect()) {
      return connection.get("/images/%s/json".formatted(IMAGE)).isSuccess();
    } catch (UncheckedIOException | EngineUnusable _) {
      return false;
    }
  }

  /** The Engine, as a reader of figures must know it. */
  public String description() {
    var version = version();
    return "Docker Engine %s, API %s"
        .formatted(version.path("Version").asString(), version.path("ApiVersion").asString());
  }

  /** The release of the Engine, such as 28.5. */
  public String release() {
    return version().path("Version").asString().replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  private JsonNode version() {
    try (var connection = address.connect()) {
      return connection.get("/version").orThrow("version").json();
    }
  }

  public Connection connect() {
    return versioned().connect();
  }

  private synchronized Address versioned() {
    var known = versioned;
    if (known != null) {
      return known;
    }
    try (var connection = EngineConnection.at(engine)) {
      var negotiated = address.at("/v" + connection.version().version());
      versioned = negotiated;
      return negotiated;
    }
  }
}
