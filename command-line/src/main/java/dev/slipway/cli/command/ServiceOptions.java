package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Options of {@code create} and {@code set}, read into attributes of the API. */
final class ServiceOptions {

  private ServiceOptions() {}

  static Definition add(Definition definition) {
    return definition
        .options("-e,--env", "KEY=VALUE", "A variable of the containers; may be repeated.")
        .options("-p,--publish", "[HOST:]PORT[/PROTOCOL]", "A port to publish; may be repeated.")
        .options(
            "-v,--volume",
            "[HOST:]PATH[:ro]",
            "A volume, or a folder of the node; may be repeated.")
        .options("-l,--label", "KEY=VALUE", "A label; may be repeated.")
        .options("--tag", "TAG", "A tag that nodes must have; may be repeated.")
        .options("--link", "SERVICE[:ALIAS]", "A service that containers reach; may be repeated.")
        .option("--replicas", "NUMBER", "How many containers.")
        .option("--command", "TEXT", "What to run instead of the image's command.")
        .option("--restart", "WHEN", "Restart policy: OFF, ON_FAILURE or ALWAYS.")
        .option("--memory", "SIZE", "Most memory of a container, such as 512m.")
        .options(
            "--set",
            "ATTRIBUTE=VALUE",
            "Any attribute of the API; JSON, or a text. May be repeated.");
  }

  static ObjectNode body(Call call) {
    var body = Json.object();
    pairs(call, body, "--env", "container_envvars");
    call.texts("--publish")
        .forEach(port -> body.withArrayProperty("container_ports").add(port(port)));
    call.texts("--volume")
        .forEach(volume -> body.withArrayProperty("bindings").add(volume(volume)));
    call.texts("--label")
        .forEach(
            label ->
                body.withObjectProperty("labels")
                    .put(key("--label", label), value("--label", label)));
    call.texts("--tag").forEach(tag -> body.withArrayProperty("tags").add(tag));
    call.texts("--link")
        .forEach(link -> body.withArrayProperty("linked_to_service").add(link(link)));
    if (call.text("--replicas") != null) {
      body.put("target_num_containers", call.number("--replicas", 1));
    }
    text(call, body, "--command", "run_command");
    text(call, body, "--restart", "autorestart");
    text(call, body, "--memory", "memory");
    call.texts("--set").forEach(one -> body.set(key("--set", one), json(value("--set", one))));
    return body;
  }

  /** The API replaces all variables: those that are not named stay only if they are sent too. */
  static void keepOtherVariables(Call call, ObjectNode body, String path) {
    if (call.texts("--env").isEmpty()) {
      return;
    }
    var given = body.withArrayProperty("container_envvars");
    var names = given.valueStream().map(one -> Json.text(one, "key")).toList();
    Json.list(call.api().get(path), "container_envvars").stream()
        .filter(one -> !names.contains(Json.text(one, "key")))
        .forEach(given::add);
  }

  private static void text(Call call, ObjectNode body, String option, String attribute) {
    var text = call.text(option);
    if (text != null) {
      body.put(attribute, text);
    }
  }

  private static void pairs(Call call, ObjectNode body, String option, String attribute) {
    for (var pair : call.texts(option)) {
      var one = body.withArrayProperty(attribute).addObject();
      one.put("key", key(option, pair));
      one.put("value", value(option, pair));
    }
  }

  private static String key(String option, String pair) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw Failure.usage("%s must be KEY=VALUE (got \"%s\")".formatted(option, pair));
    }
    return pair.substring(0, equals);
  }

  private static String value(String option, String pair) {
    return pair.substring(key(option, pair).length() + 1);
  }

  static JsonNode json(String value) {
    try {
      return Json.MAPPER.readTree(value);
    } catch (JacksonException text) {
      return StringNode.valueOf(value);
    }
  }

  static ObjectNode port(String text) {
    var protocol = text.contains("/") ? text.substring(text.indexOf('/') + 1) : "tcp";
    var ports =
        List.of((text.contains("/") ? text.substring(0, text.indexOf('/')) : text).split(":", -1));
    if (ports.size() > 2) {
      throw Failure.usage(
          "--publish takes no address: publish on all, or set SLIPWAY_PUBLISHADDRESS of the agent (got \"%s\")"
              .formatted(text));
    }
    var port = Json.object();
    port.put("protocol", protocol);
    port.put("inner_port", Call.number("--publish", ports.getLast()));
    if (ports.size() == 2) {
      port.put("outer_port", Call.number("--publish", ports.getFirst()));
    }
    port.put("published", true);
    return port;
  }

  private static ObjectNode volume(String text) {
    var words = List.of(text.split(":", -1));
    boolean readOnly = words.getLast().equals("ro");
    var paths =
        readOnly || words.getLast().equals("rw") ? words.subList(0, words.size() - 1) : words;
    if (paths.isEmpty() || paths.size() > 2) {
      throw Failure.usage("--volume must be [HOST:]PATH[:ro] (got \"%s\")".formatted(text));
    }
    var binding = Json.object();
    if (paths.size() == 2) {
      binding.put("host_path", paths.getFirst());
    }
    binding.put("container_path", paths.getLast());
    binding.put("rewritable", !readOnly);
    return binding;
  }

  private static ObjectNode link(String text) {
    var words = List.of(text.split(":", -1));
    var link = Json.object();
    link.put("to_service", words.getFirst());
    link.put("name", words.getLast());
    return link;
  }
}
