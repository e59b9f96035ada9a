package dev.slipway.agent.engine;

import static dev.slipway.model.attribute.Attributes.BINDINGS;
import static dev.slipway.model.attribute.Attributes.TMPFS;

import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.service.Binding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The volumes that a container has for itself: of its bindings without a path of the host, and of
 * its image. Each is named for its service, slot and path, so that what follows the container in
 * its slot on the same node finds it again; and for the generation that began with empty volumes,
 * so that the data of before is not found.
 */
final class OwnVolumes {

  private OwnVolumes() {}

  static List<Mount> mounts(Assignment assignment, Image image) {
    var mounts = new ArrayList<Mount>();
    writableByPath(assignment, image)
        .forEach((path, writable) -> mounts.add(mount(assignment, path, writable)));
    return mounts;
  }

  /** An image's volumes are left to the Engine where another container may bring them. */
  private static Map<String, Boolean> writableByPath(Assignment assignment, Image image) {
    var bindings = assignment.spec().definition().get(BINDINGS);
    var own = new LinkedHashMap<String, Boolean>();
    for (var binding : bindings) {
      var path = binding.containerPath();
      if (path != null && binding.hostPath() == null && binding.volumesFrom() == null) {
        own.put(path, binding.rewritable());
      }
    }
    if (bindings.stream().allMatch(binding -> binding.volumesFrom() == null)) {
      var bound =
          bindings.stream()
              .map(Binding::containerPath)
              .map(path -> plain(String.valueOf(path)))
              .collect(Collectors.toSet());
      assignment.spec().definition().get(TMPFS).stream()
          .map(mount -> plain(mount.split(":", 2)[0]))
          .forEach(bound::add);
      image.volumes().stream()
          .filter(path -> !bound.contains(plain(path)))
          .sorted()
          .forEach(path -> own.put(path, true));
    }
    return own;
  }

  private static Mount mount(Assignment assignment, String path, boolean writable) {
    return new Mount()
        .withType(MountType.VOLUME)
        .withSource(name(assignment, path))
        .withTarget(path)
        .withReadOnly(!writable)
        .withVolumeOptions(new VolumeOptions().withLabels(labels(assignment, path)));
  }

  private static String name(Assignment assignment, String path) {
    var name =
        "%s.%d.%s"
            .formatted(
                assignment.service().value(),
                assignment.spec().slot(),
                Uuids.shortForm(Uuids.derived(plain(path))));
    var data = assignment.spec().data();
    return data == null ? name : name + "." + data;
  }

  private static Map<String, String> labels(Assignment assignment, String path) {
    var labels = new HashMap<String, String>();
    labels.put(Found.Labels.SERVICE, assignment.service().value());
    labels.put(Found.Labels.SLOT, Integer.toString(assignment.spec().slot()));
    labels.put(Found.Labels.GENERATION, Integer.toString(assignment.spec().generation()));
    labels.put(Found.Labels.NODE, assignment.node().value());
    labels.put(Found.Labels.PREFIX + "path", path);
    var data = assignment.spec().data();
    if (data != null) {
      labels.put(Found.Labels.DATA, data.toString());
    }
    return labels;
  }

  private static String plain(String path) {
    return path.length() > 1 ? path.replaceFirst("/+$", "") : path;
  }

  /** Told by any container of the slot, made before the given one or for it. */
  static boolean wereOf(Assignment assignment, Map<String, String> labels) {
    return assignment.service().value().equals(labels.get(Found.Labels.SERVICE))
        && Integer.toString(assignment.spec().slot()).equals(labels.get(Found.Labels.SLOT))
        && generation(labels) <= assignment.spec().generation();
  }

  private static int generation(Map<String, String> labels) {
    try {
      return Integer.parseInt(labels.getOrDefault(Found.Labels.GENERATION, ""));
    } catch (NumberFormatException notOurs) {
      return Integer.MAX_VALUE;
    }
  }
}
