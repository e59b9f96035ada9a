package dev.slipway.benchmarks.processes;

import dev.slipway.benchmarks.http.Address;
import dev.slipway.benchmarks.http.Connection;
import dev.slipway.docker.EngineConnection;
import dev.slipway.docker.EngineUnusable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The Docker Engine of this machine, spoken to without a library. Paths are given without the API
 * version: it is negotiated once.
 */
public final class EngineApi {

  public static final String IMAGE = "demo/hello:latest";
  private static final String UNIX = "unix://";

  private final String host =
      Objects.requireNonNullElse(System.getenv("DOCKER_HOST"), "unix:///var/run/docker.sock");
  private final Address address;
  private @Nullable Address versioned;

  public EngineApi() {
    this.address =
        Address.of(Path.of(host.startsWith(UNIX) ? host.substring(UNIX.length()) : host));
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

  public Connection connect() {
    return versioned().connect();
  }

  private synchronized Address versioned() {
    var known = versioned;
    if (known != null) {
      return known;
    }
    try (var connection = EngineConnection.to(host)) {
      var negotiated = address.at("/v" + connection.version().version());
      versioned = negotiated;
      return negotiated;
    }
  }
}
