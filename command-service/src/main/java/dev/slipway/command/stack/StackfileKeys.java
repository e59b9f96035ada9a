package dev.slipway.command.stack;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Attributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys of a stackfile that are more than an attribute in another form. */
final class StackfileKeys {

  private StackfileKeys() {}

  static void image(String key, Object value, Reading into) {
    if (value instanceof String text && text.contains("${")) {
      throw new InvalidInput(
          key,
          "must have no variables: nothing replaces them here; write what %s stands for"
              .formatted(text.length() > 100 ? "the variable" : text));
    }
    if (key.equals("image") || into.api().get("image") == null) {
      into.set("image", key, value);
    }
  }

  static void link(String place, Object value, Reading into) {
    into.add(
        "linked_to_service", place, StackfileForms.link(place, value), value instanceof String);
  }

  static void environment(String key, Object value, Reading into) {
    into.begin("container_envvars", key);
    StackfileForms.pairs(key, value, '=')
        .forEach(
            (name, text) -> {
              if (text == null) {
                into.warn(
                    key + "." + name,
                    "has no value and stays as the image sets it: nothing is taken from the"
                        + " environment of who sends the file");
              } else {
                var variable = Map.of("key", name, "value", text);
                into.add("container_envvars", key + "." + name, variable, true);
              }
            });
  }

  static void asAttribute(String key, Object value, Reading into) {
    into.set(key, key, value);
  }

  static void logDriver(String key, Object value, Reading into) {
    var logging = logging(into);
    logging.put("driver", value);
    into.set("logging", key, logging);
  }

  static void logOptions(String key, Object value, Reading into) {
    var logging = logging(into);
    logging.put("options", value);
    into.set("logging", key, logging);
  }

  private static Map<String, @Nullable Object> logging(Reading into) {
    var logging = new LinkedHashMap<String, @Nullable Object>();
    if (into.api().get("logging") instanceof Map<?, ?> before) {
      before.forEach((name, value) -> logging.put(Objects.toString(name), value));
    }
    return logging;
  }

  static void tmpfs(String key, Object value, Reading into) {
    into.begin("tmpfs", key);
    var paths = value instanceof List<?> list ? list : List.of(value);
    for (var path : paths) {
      var place =
          value instanceof List<?> ? "%s[%d]".formatted(key, into.list("tmpfs").size()) : key;
      into.add("tmpfs", place, StackfileForms.text(place, path), true);
    }
  }

  /** Names, or an object with a condition for each. */
  static void dependsOn(String key, Object value, Reading into) {
    into.begin(key, key);
    switch (value) {
      case List<?> names -> {
        for (int at = 0; at < names.size(); at++) {
          var place = "%s[%d]".formatted(key, at);
          into.add(key, place, StackfileForms.text(place, names.get(at)), true);
        }
      }
      case Map<?, ?> conditions ->
          conditions.forEach(
              (name, condition) -> {
                var place = key + "." + name;
                into.add(key, place, Objects.toString(name), true);
                if (condition instanceof Map<?, ?> object
                    && object.get("condition") != null
                    && !"service_started".equals(object.get("condition"))) {
                  into.warn(
                      place + ".condition",
                      "has no effect: the start of a service ends when its containers run and have"
                          + " passed their health_check");
                }
              });
      default -> throw new InvalidInput(key, "must be a list of services or an object");
    }
  }

  static void hosts(String key, Object value, Reading into) {
    into.set(
        "extra_hosts",
        key,
        value instanceof Map<?, ?>
            ? StackfileForms.pairs(key, value, ':').entrySet().stream()
                .map(host -> host.getKey() + ":" + Objects.toString(host.getValue(), ""))
                .toList()
            : value);
  }

  static Object choice(Object value) {
    return switch (value) {
      case Boolean flag when !flag -> "OFF";
      case String text when text.equalsIgnoreCase("no") -> "OFF";
      case String text -> text.toUpperCase(Locale.ROOT).replace('-', '_');
      default -> value;
    };
  }

  static void restart(String key, Object value, Reading into) {
    var choice = choice(value);
    if ("UNLESS_STOPPED".equals(choice)) {
      into.warn(key, "is taken as always: what is stopped stays stopped in any case");
      choice = "ALWAYS";
    } else if (choice instanceof String text && text.startsWith("ON_FAILURE:")) {
      into.warn(key, "is taken as on-failure, without a limit of its own");
      choice = "ON_FAILURE";
    }
    into.set(Attributes.AUTORESTART.name(), key, choice);
  }

  static void networkMode(String key, Object value, Reading into) {
    if ("host".equals(value) || "bridge".equals(value)) {
      into.set("net", key, value);
    } else {
      into.warn(key, "has no effect: it is taken if it is host or bridge");
    }
  }
}
