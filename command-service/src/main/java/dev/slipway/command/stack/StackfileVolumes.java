package dev.slipway.command.stack;

import dev.slipway.model.Ascii;
import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The short and long forms that a stackfile has for volumes. */
final class StackfileVolumes {

  private static final String BINDINGS = "bindings";
  private static final String FORM = "must be [host:]container[:ro]";
  private static final Set<String> KEYS =
      Set.of("type", "source", "target", "read_only", "bind", "volume", "tmpfs");

  /** Modes of the Engine that Slipway does not set. */
  private static final Set<String> PASSED_OVER =
      Set.of("z", "Z", "cached", "delegated", "consistent", "nocopy");

  private StackfileVolumes() {}

  /** {@code [host:]container[:ro]}, {@code name:container[:ro]} or an object. */
  static void volume(String place, Object value, Reading into) {
    if (value instanceof Map<?, ?> object) {
      longForm(place, object, into);
      return;
    }
    var text = StackfileForms.text(place, value);
    var parts = Delimited.split(text, ':');
    boolean moded = parts.size() > 1 && isMode(parts.getLast());
    var paths = moded ? parts.subList(0, parts.size() - 1) : parts;
    if (paths.size() > 2 || paths.getLast().isEmpty()) {
      throw new InvalidInput(place, FORM + "; got " + text);
    }
    if (moded) {
      warnOfModes(place, parts.getLast(), into);
    }
    boolean readOnly = moded && Delimited.split(parts.getLast(), ',').contains("ro");
    var source = paths.size() == 2 ? paths.getFirst() : null;
    into.add(BINDINGS, place, binding(place, source, paths.getLast(), !readOnly, into), true);
  }

  private static boolean isMode(String text) {
    return Delimited.split(text, ',').stream()
        .allMatch(mode -> mode.equals("ro") || mode.equals("rw") || PASSED_OVER.contains(mode));
  }

  private static void warnOfModes(String place, String modes, Reading into) {
    Delimited.split(modes, ',').stream()
        .filter(PASSED_OVER::contains)
        .forEach(mode -> into.warn(place, "has the mode %s, which has no effect".formatted(mode)));
  }

  private static Map<String, @Nullable Object> binding(
      String place, @Nullable String source, Object target, boolean rewritable, Reading into) {
    var binding = new LinkedHashMap<String, @Nullable Object>();
    boolean named = source != null && isName(source);
    if (named) {
      into.warn(
          place,
          "names the volume %s: each container gets a volume of its own, which no other service"
                  .formatted(source)
              + " shares; volumes_from shares one");
    } else if (source != null && !source.startsWith("/")) {
      throw new InvalidInput(
          place,
          "must have an absolute path of the host or the name of a volume before ':'; got "
              + source);
    }
    binding.put("host_path", named ? null : source);
    binding.put("container_path", target);
    binding.put("rewritable", rewritable);
    return binding;
  }

  /** Whether the Engine would take it for the name of a volume. */
  private static boolean isName(String text) {
    return text.length() > 1
        && text.length() <= 255
        && Ascii.isLetterOrDigit(text.charAt(0))
        && text.chars().allMatch(StackfileVolumes::isOfName);
  }

  private static boolean isOfName(int c) {
    return Ascii.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
  }

  private static void longForm(String place, Map<?, ?> object, Reading into) {
    var target = object.get("target");
    if (target == null) {
      throw new InvalidInput(place + ".target", "is required");
    }
    for (var key : object.keySet()) {
      if (!KEYS.contains(key)) {
        into.warn(place + "." + key, "has no effect");
      }
    }
    var source = Objects.toString(object.get("source"), null);
    var readOnly = "true".equalsIgnoreCase(Objects.toString(object.get("read_only"), ""));
    switch (Objects.toString(object.get("type"), "volume")) {
      case "bind" -> {
        if (source == null) {
          throw new InvalidInput(place + ".source", "is required for a bind");
        }
        into.add(BINDINGS, place, binding(place, source, target, !readOnly, into), true);
      }
      case "volume" ->
          into.add(BINDINGS, place, binding(place, source, target, !readOnly, into), true);
      case "tmpfs" -> into.add("tmpfs", place, tmpfs(place, target, object.get("tmpfs")), true);
      default -> throw new InvalidInput(place + ".type", "must be one of [bind, volume, tmpfs]");
    }
  }

  private static String tmpfs(String place, Object target, @Nullable Object options) {
    var size = options instanceof Map<?, ?> object ? object.get("size") : null;
    return StackfileForms.text(place + ".target", target)
        + (size == null ? "" : ":size=" + StackfileForms.text(place + ".tmpfs.size", size));
  }

  /** {@code service[.stack][:ro]}. */
  static void volumesFrom(String place, Object value, Reading into) {
    var text = StackfileForms.text(place, value);
    var parts = Delimited.split(text, ':');
    if (parts.size() > 2 || (parts.size() == 2 && !List.of("ro", "rw").contains(parts.getLast()))) {
      throw new InvalidInput(place, "must be like service[.stack][:ro]");
    }
    into.add(
        BINDINGS,
        place,
        Map.of("volumes_from", parts.getFirst(), "rewritable", !text.endsWith(":ro")),
        true);
  }
}
