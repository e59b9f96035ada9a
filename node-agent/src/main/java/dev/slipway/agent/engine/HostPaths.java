package dev.slipway.agent.engine;

import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.policy.HostPath;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** Where on this host the paths of bindings really lead: only here links can be followed. */
final class HostPaths {

  private HostPaths() {}

  /**
   * @throws EngineRefused if one leads to an Engine, which nothing allows
   */
  static void check(ServiceDefinition definition) {
    definition.get(Attributes.BINDINGS).stream()
        .map(Binding::hostPath)
        .filter(Objects::nonNull)
        .forEach(HostPaths::check);
  }

  private static void check(String path) {
    var real = real(Path.of(HostPath.of(path).toString()));
    if (HostPath.of(real.toString()).reachesAnEngine()) {
      throw new EngineRefused("host_path %s leads to an Engine: %s".formatted(path, real));
    }
  }

  /** With all links followed; of what is not there yet, as far as there is something. */
  static Path real(Path path) {
    var missing = Path.of("");
    for (var there = path; there != null; there = there.getParent()) {
      try {
        return there.toRealPath().resolve(missing);
      } catch (IOException notThere) {
        var name = there.getFileName();
        missing = name == null ? missing : name.resolve(missing);
      }
    }
    return path;
  }
}
