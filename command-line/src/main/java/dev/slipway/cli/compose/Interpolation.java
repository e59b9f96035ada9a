package dev.slipway.cli.compose;

import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Replaces variables as Compose does: {@code $NAME}, <code>${NAME:-default}</code> and their like;
 * {@code $$} is a dollar.
 */
final class Interpolation {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Map<String, String> variables;
  private final Set<String> unset = new TreeSet<>();

  Interpolation(Map<String, String> variables) {
    this.variables = variables;
  }

  /** Variables without a value and a default, which were replaced by nothing. */
  Set<String> unset() {
    return unset;
  }

  /** The same with further variables; those of this one have precedence. */
  Interpolation with(Map<String, String> others) {
    var all = new HashMap<>(others);
    all.putAll(variables);
    return new Interpolation(all);
  }

  @Nullable String value(String name) {
    return variables.get(name);
  }

  /** All texts below a node; keys stay as they are. */
  JsonNode in(String place, JsonNode node) {
    if (node.isString()) {
      var text = node.asString();
      return text.indexOf('$') < 0 ? node : StringNode.valueOf(in(place, text));
    }
    if (node.isArray()) {
      var list = Json.MAPPER.createArrayNode();
      int at = 0;
      for (var item : node) {
        list.add(in("%s[%d]".formatted(place, at++), item));
      }
      return list;
    }
    if (node.isObject()) {
      var object = Json.object();
      node.properties()
          .forEach(
              one ->
                  object.set(
                      one.getKey(),
                      in(
                          place.isEmpty() ? one.getKey() : place + "." + one.getKey(),
                          one.getValue())));
      return object;
    }
    return node;
  }

  String in(String place, String text) {
    var result = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$' || at + 1 == text.length()) {
        result.append(c);
        at++;
        continue;
      }
      char next = text.charAt(at + 1);
      if (next == '$') {
        result.append('$');
        at += 2;
      } else if (next == '{') {
        int end = end(place, text, at + 2);
        result.append(braced(place, text.substring(at + 2, end)));
        at = end + 1;
      } else {
        var name = NAME.matcher(text).region(at + 1, text.length());
        if (!name.lookingAt()) {
          throw invalid(place, text);
        }
        result.append(plain(name.group()));
        at = name.end();
      }
    }
    return result.toString();
  }

  /** Where the brace that was opened before this closes. */
  private static int end(String place, String text, int from) {
    int depth = 1;
    for (int at = from; at < text.length(); at++) {
      if (text.startsWith("${", at)) {
        depth++;
      } else if (text.charAt(at) == '}' && --depth == 0) {
        return at;
      }
    }
    throw invalid(place, text);
  }

  private static Failure invalid(String place, String text) {
    return Failure.usage(
        "%s: %s is no variable as Compose writes them; a dollar itself is $$"
            .formatted(place, text));
  }

  private String plain(String name) {
    var value = variables.get(name);
    if (value == null) {
      unset.add(name);
    }
    return value == null ? "" : value;
  }

  private String braced(String place, String inner) {
    var name = NAME.matcher(inner);
    if (!name.lookingAt()) {
      throw invalid(place, "${" + inner + "}");
    }
    var rest = inner.substring(name.end());
    if (rest.isEmpty()) {
      return plain(name.group());
    }
    boolean emptyToo = rest.startsWith(":");
    var operation = emptyToo ? rest.substring(1) : rest;
    if (operation.isEmpty() || "-?+".indexOf(operation.charAt(0)) < 0) {
      throw invalid(place, "${" + inner + "}");
    }
    var value = variables.get(name.group());
    boolean given = value != null && !(emptyToo && value.isEmpty());
    var word = operation.substring(1);
    return switch (operation.charAt(0)) {
      case '+' -> given ? in(place, word) : "";
      case '-' -> given && value != null ? value : in(place, word);
      default -> {
        if (given && value != null) {
          yield value;
        }
        throw Failure.usage(
            "%s needs the variable %s%s"
                .formatted(place, name.group(), word.isEmpty() ? "" : ": " + in(place, word)));
      }
    };
  }
}
