package dev.slipway.cli.compose;

import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads YAML 1.2 into JSON. Tags are refused, aliases and size are limited. Numbers that JSON would
 * write otherwise, such as 1.10 or 0755, stay the texts that they are.
 */
final class Yaml {

  private static final int MAX_CHARACTERS = 1_000_000;
  private static final int MAX_NODES = 100_000;
  private static final int MAX_DEPTH = 50;
  private static final int MAX_ALIASES = 200;
  private static final Set<Tag> KNOWN =
      Set.of(Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

  private final String file;
  private int nodes;

  private Yaml(String file) {
    this.file = file;
  }

  /**
   * The first document of a file.
   *
   * @param file its name, for messages
   */
  static JsonNode read(String file, String text) {
    var settings =
        LoadSettings.builder()
            .setLabel(file)
            .setCodePointLimit(MAX_CHARACTERS)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .build();
    try {
      var root = new Compose(settings).composeString(text);
      return root.isPresent() ? new Yaml(file).json(root.get(), 0) : Json.object();
    } catch (YamlEngineException invalid) {
      throw Failure.usage("%s is no YAML: %s".formatted(file, oneLine(invalid)));
    }
  }

  private static String oneLine(YamlEngineException invalid) {
    return String.valueOf(invalid.getMessage()).replaceAll("\\s*\\R\\s*", "; ");
  }

  private JsonNode json(Node node, int depth) {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      throw Failure.usage(
          "%s is too large or too deep, with its aliases written out".formatted(file));
    }
    if (!KNOWN.contains(node.getTag())) {
      throw refused(node, "tags such as %s are not read".formatted(node.getTag().getValue()));
    }
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, depth);
      case SequenceNode sequence -> {
        var list = Json.MAPPER.createArrayNode();
        sequence.getValue().forEach(item -> list.add(json(item, depth + 1)));
        yield list;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw refused(node, "this is not read");
    };
  }

  private ObjectNode mapping(MappingNode mapping, int depth) {
    var object = Json.object();
    var merged = new ArrayList<JsonNode>();
    var seen = new HashSet<String>();
    for (NodeTuple tuple : mapping.getValue()) {
      var key = key(tuple.getKeyNode());
      if (key.equals("<<")) {
        merge(tuple.getValueNode(), json(tuple.getValueNode(), depth + 1), merged);
      } else if (!seen.add(key)) {
        throw refused(tuple.getKeyNode(), "the key %s is there twice".formatted(key));
      } else {
        object.set(key, json(tuple.getValueNode(), depth + 1));
      }
    }
    // The mapping's own keys win, then those that were merged first.
    for (var other : merged) {
      other
          .properties()
          .forEach(
              one -> {
                if (!object.has(one.getKey())) {
                  object.set(one.getKey(), one.getValue());
                }
              });
    }
    return object;
  }

  private void merge(Node node, JsonNode value, List<JsonNode> merged) {
    if (value.isObject()) {
      merged.add(value);
    } else if (value.isArray() && value.valueStream().allMatch(JsonNode::isObject)) {
      value.forEach(merged::add);
    } else {
      throw refused(node, "<< must be a mapping or a list of mappings");
    }
  }

  private String key(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw refused(node, "a key must be a text");
  }

  private static JsonNode scalar(ScalarNode scalar) {
    var text = scalar.getValue();
    var tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return NullNode.getInstance();
    }
    if (tag.equals(Tag.BOOL)) {
      return BooleanNode.valueOf(text.equalsIgnoreCase("true"));
    }
    if (tag.equals(Tag.INT) && text.matches("0|-?[1-9][0-9]{0,17}")) {
      return LongNode.valueOf(Long.parseLong(text));
    }
    return StringNode.valueOf(text);
  }

  private Failure refused(Node node, String rule) {
    var line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    return Failure.usage("%s, line %d: %s".formatted(file, line, rule));
  }
}
