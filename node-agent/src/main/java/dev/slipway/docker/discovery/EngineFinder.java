package dev.slipway.docker.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the Engine of this host: the first candidate that answers. */
public final class EngineFinder {

  private EngineFinder() {}

  /**
   * @param host as in {@code DOCKER_HOST}; null or blank to look for one
   * @throws UnsupportedEngine if the user named one that Slipway cannot connect to
   */
  public static EngineChoice find(@Nullable String host, String setting) {
    var candidates = of(System.getenv(), Path.of(System.getProperty("user.home")));
    return host == null || host.isBlank()
        ? choose(candidates.list(), EngineProbe::problem)
        : choose(List.of(candidates.named(host.strip(), setting)), EngineProbe::problem);
  }

  /** The Engine of this host, as other tools of Docker would find it. */
  public static EngineChoice find() {
    return find(null, "");
  }

  static EngineCandidates of(Map<String, String> environment, Path home) {
    var complete = new HashMap<>(environment);
    runtimeFolder(home).ifPresent(folder -> complete.putIfAbsent("XDG_RUNTIME_DIR", folder));
    return new EngineCandidates(complete, home, EngineFinder::text);
  }

  /** Where a session has no XDG_RUNTIME_DIR (su, cron), the folder that systemd would set. */
  private static Optional<String> runtimeFolder(Path home) {
    try {
      var folder = Path.of("/run/user/" + Files.getAttribute(home, "unix:uid"));
      return Files.isDirectory(folder) ? Optional.of(folder.toString()) : Optional.empty();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException | UncheckedIOException unreadable) {
      return Optional.empty();
    }
  }

  static EngineChoice choose(
      List<EngineCandidate> candidates, Function<EngineAddress, Optional<String>> probe) {
    var rejected = new ArrayList<EngineChoice.Rejected>();
    for (var candidate : candidates) {
      var problem = probe.apply(candidate.address());
      if (problem.isEmpty()) {
        return new EngineChoice(candidate, true, rejected);
      }
      rejected.add(new EngineChoice.Rejected(candidate, problem.get()));
    }
    return new EngineChoice(toWaitFor(rejected), false, rejected);
  }

  /** A socket that exists belongs to an Engine that is stopped or denied: it may answer later. */
  private static EngineCandidate toWaitFor(List<EngineChoice.Rejected> rejected) {
    return rejected.stream()
        .map(EngineChoice.Rejected::candidate)
        .filter(
            candidate ->
                candidate.address().socket() instanceof Path socket && Files.exists(socket))
        .findFirst()
        .orElse(rejected.getFirst().candidate());
  }
}
