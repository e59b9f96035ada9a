package dev.slipway.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.SSLConfig;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.slipway.docker.VersionedTransport.KeptResponse;
import dev.slipway.docker.discovery.EngineAddress;
import dev.slipway.docker.discovery.EngineFinder;
import dev.slipway.docker.discovery.EngineTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one Docker Engine. It speaks the highest API version that both sides know, and
 * negotiates at the first call, after a lost connection, and when the Engine refuses the version.
 */
public final class EngineConnection implements AutoCloseable {

  private static final Duration MAX_CALL = Duration.ofSeconds(30);
  private static final Duration MAX_NEGOTIATION = Duration.ofSeconds(10);
  private static final Duration MAX_CONNECT = Duration.ofSeconds(5);
  private static final int MAX_CONNECTIONS = 512;
  private static final int OK = 200;

  private final URI host;
  private final ApiVersions supported;
  private final DockerHttpClient unversioned;
  private final DockerClient calls;
  private final DockerClient streams;
  private final Object negotiation = new Object();

  private volatile @Nullable Agreed agreed;
  private @Nullable Failed lastFailure;
  private int negotiations;

  private record Failed(EngineUnusable reason, long at) {}

  /**
   * @param host unix:// or tcp://
   * @param tls null for none
   */
  public EngineConnection(URI host, @Nullable SSLConfig tls) {
    this(host, tls, ApiVersions.SUPPORTED);
  }

  EngineConnection(URI host, @Nullable SSLConfig tls, ApiVersions supported) {
    this.host = host;
    this.supported = supported;
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(host.toString())
            .withDockerTlsVerify(false) // TLS is that of the transport
            .withApiVersion(RemoteApiVersion.UNKNOWN_VERSION)
            .build();
    this.unversioned = transport(tls, MAX_NEGOTIATION);
    this.calls = client(config, tls, MAX_CALL);
    this.streams = client(config, tls, Duration.ZERO);
  }

  /**
   * A connection to the Engine that other tools of Docker would use.
   *
   * @param dockerHost in place of that Engine, null if none is given
   * @throws dev.slipway.docker.discovery.UnsupportedEngine if it cannot be connected to
   */
  public static EngineConnection to(@Nullable String dockerHost) {
    return at(EngineFinder.find(dockerHost, "the Docker host").address());
  }

  public static EngineConnection at(EngineAddress address) {
    return new EngineConnection(address.host(), EngineTls.of(address.tls()));
  }

  private DockerClient client(
      DefaultDockerClientConfig config, @Nullable SSLConfig tls, Duration limit) {
    return DockerClientImpl.getInstance(
        config, new VersionedTransport(this, transport(tls, limit), limit));
  }

  private DockerHttpClient transport(@Nullable SSLConfig tls, Duration limit) {
    return new ZerodepDockerHttpClient.Builder()
        .dockerHost(host)
        .sslConfig(tls)
        .maxConnections(MAX_CONNECTIONS)
        .connectionTimeout(MAX_CONNECT)
        .responseTimeout(limit)
        .build();
  }

  public URI host() {
    return host;
  }

  /** For calls that end soon: each has a time limit. */
  public DockerClient calls() {
    return calls;
  }

  /** For calls that last: they have no time limit. */
  public DockerClient streams() {
    return streams;
  }

  /**
   * The API version that is spoken, negotiated if there is none.
   *
   * @throws EngineUnusable if the Engine does not answer or there is no common version
   */
  public Agreed version() {
    var known = agreed;
    return known != null ? known : negotiate(System.nanoTime());
  }

  /** Makes the next call negotiate: the connection was lost, and another Engine may follow. */
  public void lost() {
    agreed = null;
  }

  /** Forgets what was agreed, unless something newer has been agreed since. */
  void forget(Agreed old) {
    synchronized (negotiation) {
      if (old.equals(agreed)) {
        agreed = null;
      }
    }
  }

  /** Callers that waited for another's negotiation share its outcome. */
  private Agreed negotiate(long asked) {
    synchronized (negotiation) {
      var known = agreed;
      if (known != null) {
        return known;
      }
      var failed = lastFailure;
      if (failed != null && failed.at - asked > 0) {
        throw failed.reason;
      }
      try {
        var engine = ask();
        var outcome = new Agreed(engine, engine.agree(supported), ++negotiations);
        agreed = outcome;
        return outcome;
      } catch (EngineUnusable unusable) {
        lastFailure = new Failed(unusable, System.nanoTime());
        throw unusable;
      }
    }
  }

  private EngineVersion ask() {
    var request = Request.builder().method(Request.Method.GET).path("/version").build();
    KeptResponse answer;
    try (var response = unversioned.execute(request)) {
      VersionedTransport.check(host, response);
      answer = new KeptResponse(response);
    } catch (EngineUnusable unusable) {
      throw unusable;
    } catch (RuntimeException failure) {
      throw ConnectionProblem.explain(host, failure, MAX_NEGOTIATION);
    }
    if (answer.getStatusCode() != OK) {
      throw new EngineUnusable(
          "does not answer at %s: status %d %s"
              .formatted(host, answer.getStatusCode(), answer.message()));
    }
    return EngineVersion.parse(answer.text())
        .orElseThrow(
            () ->
                new EngineUnusable(
                    "does not answer at %s: no API version is in its answer to /version"
                        .formatted(host)));
  }

  @Override
  public void close() {
    try {
      calls.close();
      streams.close();
      unversioned.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
