package dev.slipway.docker.discovery;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The address of a Docker Engine.
 *
 * @param host {@code unix:///path} or {@code tcp://host:port}
 * @param tls the certificates to connect with, null for a connection without TLS
 */
public record EngineAddress(URI host, @Nullable Tls tls) {

  /**
   * The TLS settings of a connection.
   *
   * @param folder holds {@code ca.pem}, and {@code cert.pem} with {@code key.pem} where the Engine
   *     asks for a client certificate
   * @param verify whether the Engine's certificate must be signed by {@code ca.pem}
   */
  public record Tls(Path folder, boolean verify) {}

  /** The path of the socket; null if the Engine is reached over TCP. */
  public @Nullable Path socket() {
    return "unix".equals(host.getScheme()) ? Path.of(host.getPath()) : null;
  }

  @Override
  public String toString() {
    return host.toString();
  }
}
