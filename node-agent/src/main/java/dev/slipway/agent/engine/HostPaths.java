package dev.slipway.agent.engine;

import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.policy.HostPath;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where on a host the paths of bindings really lead: only there links can be followed. What a path
 * says as it is written has been judged where it was set; what links make of it is judged here.
 */
final class HostPaths {

  /** As many as the kernel follows. */
  private static final int MOST_LINKS = 40;

  private final Path root;
  private final List<HostPath> ofEngine;

  /**
   * @param root where the host's files are seen
   * @param ofEngine where on the host its Engine is talked to and keeps its data
   */
  HostPaths(Path root, Collection<String> ofEngine) {
    this.root = root;
    this.ofEngine =
        ofEngine.stream()
            .map(HostPath::of)
            .flatMap(path -> Stream.of(path, followed(path)))
            .distinct()
            .toList();
  }

  /**
   * The definition with its bindings where they really lead.
   *
   * @throws EngineRefused if one leads to an Engine, which its namespace may not have, or out of
   *     what the namespace may have
   */
  ServiceDefinition real(ContainerSpec spec) {
    var allowed = outermost(spec.hostPaths()).stream().map(this::followed).toList();
    return spec.definition()
        .with(
            Attributes.BINDINGS,
            spec.definition().get(Attributes.BINDINGS).stream()
                .map(binding -> real(binding, allowed, spec))
                .toList());
  }

  /** Who may change what lies in a folder must not say where a folder below it is. */
  private static List<HostPath> outermost(List<String> paths) {
    var all = paths.stream().map(HostPath::of).distinct().toList();
    return all.stream()
        .filter(one -> all.stream().noneMatch(other -> !other.equals(one) && one.isWithin(other)))
        .toList();
  }

  private Binding real(Binding binding, List<HostPath> allowed, ContainerSpec spec) {
    if (binding.hostPath() == null) {
      return binding;
    }
    var written = HostPath.of(binding.hostPath());
    var real = followed(written);
    boolean ofEngine = Stream.of(written, real).anyMatch(this::reachesAnEngine);
    if (ofEngine && !Boolean.TRUE.equals(spec.engineAllowed())) {
      throw new EngineRefused(
          "host_path %s leads to an Engine: %s; the policy engine_socket of namespace %s denies it"
              .formatted(written, real, spec.namespace()));
    }
    if (!ofEngine && !real.equals(written) && allowed.stream().noneMatch(real::isWithin)) {
      throw new EngineRefused(
          "host_path %s leads to %s, which is not below the host_paths of its namespace"
              .formatted(written, real));
    }
    return new Binding(
        real.toString(), binding.containerPath(), binding.rewritable(), binding.volumesFrom());
  }

  private boolean reachesAnEngine(HostPath path) {
    return path.reachesAnEngine() || path.reachesOneOf(ofEngine);
  }

  /** With all links followed; of what is not there yet, as far as there is something. */
  HostPath followed(HostPath path) {
    var left = new ArrayDeque<>(path.names());
    var done = new ArrayList<String>();
    int links = 0;
    while (!left.isEmpty()) {
      var name = left.pop();
      var target = name.equals("..") ? null : target(done, name);
      if (target != null) {
        if (++links > MOST_LINKS) {
          throw new EngineRefused("host_path %s has too many links".formatted(path));
        }
        if (target.isAbsolute()) {
          done.clear();
        }
        names(target).reversed().forEach(left::push);
      } else if (!name.equals("..")) {
        done.add(name);
      } else if (!done.isEmpty()) {
        done.removeLast();
      }
    }
    return new HostPath(done);
  }

  private static List<String> names(Path path) {
    var names = new ArrayList<String>();
    path.forEach(name -> names.add(name.toString()));
    names.removeIf(name -> name.isEmpty() || name.equals("."));
    return names;
  }

  /** What the link leads to, null if it is none or not there. */
  private @Nullable Path target(List<String> folder, String name) {
    var path = new HostPath(Stream.concat(folder.stream(), Stream.of(name)).toList());
    try {
      return Files.readSymbolicLink(root.resolve(String.join("/", path.names())));
    } catch (NoSuchFileException | NotLinkException none) {
      return null;
    } catch (IOException unseen) {
      throw new EngineRefused("host_path %s cannot be looked at".formatted(path));
    }
  }
}
