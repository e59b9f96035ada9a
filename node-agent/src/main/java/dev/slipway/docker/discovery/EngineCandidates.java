package dev.slipway.docker.discovery;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists the Engines that may be the one to use, in the order of the Docker CLI: {@code
 * DOCKER_HOST}, {@code DOCKER_CONTEXT}, the current context of the CLI, and then the sockets of
 * known products. A pure function of the environment and the files of the host.
 */
public final class EngineCandidates {

  private final Map<String, String> environment;
  private final Path home;
  private final DockerContexts contexts;

  /**
   * @param home the user's home folder
   * @param files the content of a file, empty if it cannot be read
   */
  public EngineCandidates(
      Map<String, String> environment, Path home, Function<Path, Optional<String>> files) {
    this.environment = Map.copyOf(environment);
    this.home = home;
    this.contexts = new DockerContexts(dockerFolder(), files);
  }

  /**
   * @return at least one candidate; only one if the user named the Engine
   * @throws UnsupportedEngine if the user named one that Slipway cannot connect to
   */
  public List<EngineCandidate> list() {
    var host = variable("DOCKER_HOST");
    if (host.isPresent()) {
      var address =
          new EngineAddress(checked(host.get(), "DOCKER_HOST"), tlsOfEnvironment(host.get()));
      return List.of(new EngineCandidate(address, "DOCKER_HOST", true));
    }
    var context = variable("DOCKER_CONTEXT");
    var source = "DOCKER_CONTEXT";
    if (context.isEmpty()) {
      context = contexts.current();
      source = "current context of the Docker CLI";
    }
    if (context.isPresent() && !context.get().equals("default")) {
      return List.of(ofContext(context.get(), source));
    }
    return knownSockets();
  }

  private EngineCandidate ofContext(String name, String source) {
    var found = contexts.find(name, source);
    var reason = "context \"%s\", %s".formatted(name, source);
    var address = new EngineAddress(checked(found.host(), reason), found.tls());
    return new EngineCandidate(address, reason, true);
  }

  /** A host as in {@code DOCKER_HOST}, which the settings name instead of the environment. */
  public EngineCandidate named(String host, String setting) {
    return new EngineCandidate(
        new EngineAddress(checked(host, setting), tlsOfEnvironment(host)), setting, true);
  }

  private EngineAddress.@Nullable Tls tlsOfEnvironment(String host) {
    boolean verify = variable("DOCKER_TLS_VERIFY").isPresent();
    if (!host.startsWith("tcp://") || !(verify || variable("DOCKER_TLS").isPresent())) {
      return null;
    }
    var folder = variable("DOCKER_CERT_PATH").map(Path::of).orElse(dockerFolder());
    return new EngineAddress.Tls(folder, verify);
  }

  static URI checked(String host, String source) {
    if (host.startsWith("ssh://")) {
      throw new UnsupportedEngine(
          """
          %s names %s, and Slipway does not connect over SSH. Either forward the socket:
            ssh -N -L /tmp/engine.sock:/var/run/docker.sock %s
          and set DOCKER_HOST=unix:///tmp/engine.sock; or run ./slipway agent on that host."""
              .formatted(source, host, destination(host)));
    }
    if (host.startsWith("npipe:")) {
      throw new UnsupportedEngine(
          "%s names %s, a pipe of Windows: run Slipway in WSL 2, where the Engine has a socket"
              .formatted(source, host));
    }
    var complete = host.startsWith("/") ? "unix://" + host : host;
    if (!complete.matches("unix:///.+|tcp://[^/]+/?")) {
      throw new UnsupportedEngine(
          "%s must be unix:///path or tcp://host:port (got \"%s\")".formatted(source, host));
    }
    return uri(complete, source);
  }

  /** The arguments of ssh, such as {@code -p 22 ann@host}. */
  private static String destination(String host) {
    var where = host.substring("ssh://".length()).replaceAll("/.*", "");
    return where.replaceAll("(.+):(\\d+)", "-p $2 $1");
  }

  private static URI uri(String host, String source) {
    try {
      var uri = URI.create(host.startsWith("tcp:") ? host.replaceAll("/$", "") : host);
      if ("tcp".equals(uri.getScheme()) && (uri.getHost() == null || uri.getPort() < 0)) {
        throw new IllegalArgumentException("no port");
      }
      return uri;
    } catch (IllegalArgumentException malformed) {
      throw new UnsupportedEngine(
          "%s must be unix:///path or tcp://host:port (got \"%s\")".formatted(source, host));
    }
  }

  private List<EngineCandidate> knownSockets() {
    var sockets = new ArrayList<EngineCandidate>();
    add(sockets, Path.of("/var/run/docker.sock"), "the usual socket");
    var runtime = variable("XDG_RUNTIME_DIR").map(Path::of);
    runtime.ifPresent(dir -> add(sockets, dir.resolve("docker.sock"), "rootless Docker"));
    add(sockets, home.resolve(".docker/run/docker.sock"), "Docker Desktop");
    add(sockets, home.resolve(".docker/desktop/docker.sock"), "Docker Desktop");
    add(sockets, home.resolve(".orbstack/run/docker.sock"), "OrbStack");
    variable("COLIMA_HOME")
        .ifPresent(dir -> add(sockets, Path.of(dir, "default/docker.sock"), "Colima"));
    add(sockets, home.resolve(".colima/default/docker.sock"), "Colima");
    var settings = variable("XDG_CONFIG_HOME").map(Path::of).orElse(home.resolve(".config"));
    add(sockets, settings.resolve("colima/default/docker.sock"), "Colima");
    add(sockets, home.resolve(".rd/docker.sock"), "Rancher Desktop");
    add(sockets, home.resolve(".lima/docker/sock/docker.sock"), "Lima");
    runtime.ifPresent(dir -> add(sockets, dir.resolve("podman/podman.sock"), "rootless Podman"));
    add(sockets, Path.of("/run/podman/podman.sock"), "Podman");
    add(
        sockets,
        home.resolve(".local/share/containers/podman/machine/podman.sock"),
        "Podman machine");
    variable("TMPDIR")
        .ifPresent(
            dir ->
                add(
                    sockets,
                    Path.of(dir, "podman/podman-machine-default-api.sock"),
                    "Podman machine"));
    return List.copyOf(sockets);
  }

  private static void add(List<EngineCandidate> sockets, Path socket, String reason) {
    var address =
        new EngineAddress(URI.create("unix://" + socket.toString().replace(" ", "%20")), null);
    sockets.add(new EngineCandidate(address, reason, false));
  }

  private Path dockerFolder() {
    return variable("DOCKER_CONFIG").map(Path::of).orElse(home.resolve(".docker"));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
