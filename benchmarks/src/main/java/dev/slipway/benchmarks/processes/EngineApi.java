package dev.slipway.benchmarks.processes;

import dev.slipway.benchmarks.http.Address;
import dev.slipway.benchmarks.http.Connection;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/** The Docker Engine of this machine, spoken to without a library. */
public final class EngineApi {

  public static final String IMAGE = "demo/hello:latest";
  private static final String UNIX = "unix://";

  private final Address address;

  public EngineApi() {
    var host =
        Objects.requireNonNullElse(System.getenv("DOCKER_HOST"), "unix:///var/run/docker.sock");
    this.address =
        Address.of(Path.of(host.startsWith(UNIX) ? host.substring(UNIX.length()) : host));
  }

  public boolean answers() {
    try (var connection = connect()) {
      return connection.get("/_ping").isSuccess();
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  public boolean hasImage() {
    try (var connection = connect()) {
      return connection.get("/v1.41/images/%s/json".formatted(IMAGE)).isSuccess();
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  public Connection connect() {
    return address.connect();
  }
}
