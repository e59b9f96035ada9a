package dev.slipway.model.api;

import dev.slipway.model.Ascii;
import dev.slipway.model.Secret;
import dev.slipway.model.service.EnvironmentVariable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of variables where the values of a user's variables name them, as {@code $NAME}
 * or <code>${NAME}</code>; {@code $$} stands for one {@code $}. A variable that names itself means
 * the one of the image beneath it. What names no variable stays as it is.
 */
public final class VariableReferences {

  private static final int LONGEST = 128 * 1024;

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
   * @throws IllegalArgumentException if a value becomes too long
   */
  public static List<EnvironmentVariable> resolve(
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
    int at = 0;
    while (at < text.length()) {
      int dollar = text.indexOf('$', at);
      if (dollar < 0) {
        return result.append(text, at, text.length()).toString();
      }
      result.append(text, at, dollar);
      at = replaced(text, dollar, result);
      if (result.length() > LONGEST) {
        throw new IllegalArgumentException(
            "the value of the variable %s becomes too long".formatted(key));
      }
    }
    return result.toString();
  }

  /** Appends what a dollar and the text behind it stand for, and gives where to read on. */
  private int replaced(String text, int dollar, StringBuilder into) {
    if (text.startsWith("$$", dollar)) {
      into.append('$');
      return dollar + 2;
    }
    boolean braced = text.startsWith("${", dollar);
    int from = dollar + (braced ? 2 : 1);
    int to = braced ? text.indexOf('}', from) : endOfName(text, from);
    var name = to > from ? text.substring(from, to) : "";
    var value = isName(name, braced) ? referred(name) : null;
    if (value == null) {
      into.append('$');
      return dollar + 1;
    }
    into.append(value);
    return braced ? to + 1 : to;
  }

  /** In braces a name may have any letters but those that would begin or end another one. */
  private static boolean isName(String name, boolean braced) {
    return !name.isEmpty() && (!braced || (name.indexOf('{') < 0 && name.indexOf('$') < 0));
  }

  private static int endOfName(String text, int from) {
    int at = from;
    while (at < text.length() && isOfName(text.charAt(at), at == from)) {
      at++;
    }
    return at;
  }

  private static boolean isOfName(char c, boolean first) {
    return Ascii.isLetter(c) || c == '_' || (!first && Ascii.isDigit(c));
  }

  /** Null if it is none, or could only be told by itself. */
  private @Nullable String referred(String key) {
    return given.containsKey(key) && !underWay.contains(key) ? value(key) : image.get(key);
  }
}
