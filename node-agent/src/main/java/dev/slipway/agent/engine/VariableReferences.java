package dev.slipway.agent.engine;

import dev.slipway.model.Secret;
import dev.slipway.model.service.EnvironmentVariable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of variables where the values of a user's variables name them, as {@code $NAME}
 * or <code>${NAME}</code>. A variable that names itself means the one of the image beneath it. What
 * names no variable stays as it is.
 */
final class VariableReferences {

  private static final int LONGEST = 128 * 1024;
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(?:\\{(?<braced>[^{}$]+)}|(?<bare>[A-Za-z_][A-Za-z0-9_]*))");

  private final Map<String, String> given;
  private final Map<String, String> image;
  private final Set<String> users;
  private final Map<String, String> resolved = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();

  private VariableReferences(
      List<EnvironmentVariable> given, Collection<String> users, List<EnvironmentVariable> image) {
    this.given = byKey(given);
    this.image = byKey(image);
    this.users = Set.copyOf(users);
  }

  /**
   * @param given every variable to set
   * @param users the keys of those whose values may refer to others
   * @param image what the image sets beneath them
   * @throws EngineRefused if a value becomes too long
   */
  static List<EnvironmentVariable> resolve(
      List<EnvironmentVariable> given, Collection<String> users, List<EnvironmentVariable> image) {
    var references = new VariableReferences(given, users, image);
    return given.stream()
        .map(v -> new EnvironmentVariable(v.key(), new Secret(references.value(v.key()))))
        .toList();
  }

  private static Map<String, String> byKey(List<EnvironmentVariable> variables) {
    return variables.stream()
        .collect(
            Collectors.toMap(EnvironmentVariable::key, v -> v.value().reveal(), (_, last) -> last));
  }

  private String value(String key) {
    var known = resolved.get(key);
    if (known != null) {
      return known;
    }
    var text = given.getOrDefault(key, "");
    if (users.contains(key) && text.indexOf('$') >= 0) {
      underWay.add(key);
      text = withValues(key, text);
      underWay.remove(key);
    }
    resolved.put(key, text);
    return text;
  }

  private String withValues(String key, String text) {
    var result = new StringBuilder();
    var reference = REFERENCE.matcher(text);
    while (reference.find()) {
      var braced = reference.group("braced");
      var value = referred(braced == null ? reference.group("bare") : braced);
      reference.appendReplacement(
          result, Matcher.quoteReplacement(value == null ? reference.group() : value));
      if (result.length() > LONGEST) {
        throw new EngineRefused("the value of the variable %s becomes too long".formatted(key));
      }
    }
    return reference.appendTail(result).toString();
  }

  /** Null if it is none, or could only be told by itself. */
  private @Nullable String referred(String key) {
    return given.containsKey(key) && !underWay.contains(key) ? value(key) : image.get(key);
  }
}
