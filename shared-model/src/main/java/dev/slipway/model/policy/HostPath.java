package dev.slipway.model.policy;

import dev.slipway.model.Delimited;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A path of a host in its one form: absolute, no double slash, neither {@code .} nor {@code ..} in
 * it. Whether a link stands in it only the host can tell.
 */
public record HostPath(List<String> names) {

  /**
   * Where an Engine and its containers are kept and talked to, and where the host is as open: its
   * kernel, devices, users' sockets and passwords.
   */
  private static final List<HostPath> OF_ENGINES =
      Stream.of(
              "/run/docker.sock",
              "/var/run/docker.sock",
              "/run/docker",
              "/var/run/docker",
              "/run/containerd",
              "/var/run/containerd",
              "/var/lib/docker",
              "/var/lib/containerd",
              "/run/podman",
              "/var/run/podman",
              "/run/crio",
              "/var/run/crio",
              "/run/user",
              "/var/run/user",
              "/var/lib/containers",
              "/proc",
              "/sys",
              "/dev",
              "/etc/shadow",
              "/etc/gshadow")
          .map(HostPath::of)
          .toList();

  private static final Set<String> SOCKETS =
      Set.of("docker.sock", "containerd.sock", "podman.sock", "crio.sock");

  public HostPath {
    names = List.copyOf(names);
  }

  public static HostPath of(String path) {
    var names = new ArrayList<String>();
    for (var name : Delimited.split(path, '/')) {
      if (name.equals("..")) {
        if (!names.isEmpty()) {
          names.removeLast();
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return new HostPath(names);
  }

  /** Whether it is the other one, or below it. */
  public boolean isWithin(HostPath other) {
    int depth = other.names.size();
    return names.size() >= depth && names.subList(0, depth).equals(other.names);
  }

  /** Whether who has it has an Engine: it is of one, or a folder above what is. */
  public boolean reachesAnEngine() {
    return reachesOneOf(OF_ENGINES) || (!names.isEmpty() && SOCKETS.contains(names.getLast()));
  }

  /** Whether it is one of the places, or below or above one. */
  public boolean reachesOneOf(Collection<HostPath> places) {
    return places.stream().anyMatch(place -> isWithin(place) || place.isWithin(this));
  }

  /** Whether a text can be one: absolute, and of this form after the names are put right. */
  public static boolean isAbsolute(String path) {
    return path.startsWith("/") && Delimited.split(path, '/').stream().noneMatch(".."::equals);
  }

  @Override
  public String toString() {
    return "/" + String.join("/", names);
  }
}
