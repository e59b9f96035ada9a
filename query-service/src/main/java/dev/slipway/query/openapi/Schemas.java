package dev.slipway.query.openapi;

import dev.slipway.model.attribute.JsonType;
import dev.slipway.model.attribute.JsonType.Presence;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The objects that requests and answers hold. */
final class Schemas {

  /** Answers say more of these than requests do. */
  private static final Set<String> RICHER_IN_ANSWERS = Set.of("Port", "Link", "Binding");

  private final Map<String, Schema<?>> all = new TreeMap<>();
  private final Words words;

  Schemas(Words words) {
    this.words = words;
  }

  Map<String, Schema<?>> all() {
    return all;
  }

  /** Begins an object; what is added to it is in each answer, until it is told otherwise. */
  Shape object(String name) {
    var object = Types.object().description(words.of(name));
    all.put(name, object);
    return new Shape(name, object, words);
  }

  /** The schema of an object as requests have it. */
  String input(JsonType.Fields fields) {
    var name = RICHER_IN_ANSWERS.contains(fields.name()) ? fields.name() + "Input" : fields.name();
    if (!all.containsKey(name)) {
      var shape = object(name);
      for (var field : fields.fields()) {
        var type = Types.of(field.type(), this);
        shape.is(field.presence() == Presence.REQUIRED);
        shape.add(field.name(), field.presence() == Presence.NULLABLE ? Types.orNull(type) : type);
      }
    }
    return name;
  }

  /** The schema of a page of such objects. */
  String listOf(String name) {
    var list = name + "List";
    if (!all.containsKey(list)) {
      var shape = object(list, "A page of a list.");
      shape.add("meta", Types.ref("ListMeta"));
      shape.add("objects", Types.listOf(Types.ref(name)));
    }
    return list;
  }

  private Shape object(String name, String description) {
    var object = Types.object().description(description);
    all.put(name, object);
    return new Shape(name, object, words);
  }

  /** The states that things of this schema go through, none if they have none. */
  List<?> states(String name) {
    var schema = all.get(name);
    var state = schema == null ? null : schema.getProperties().get("state");
    return state == null ? List.of() : state.getEnum();
  }
}
