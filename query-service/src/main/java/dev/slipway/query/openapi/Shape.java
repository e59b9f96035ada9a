package dev.slipway.query.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.function.Supplier;

/** Adds fields to the schema of an object, many of a type at once. */
final class Shape {

  private final String name;
  private final Schema<Object> object;
  private final Words words;
  private boolean required = true;

  Shape(String name, Schema<Object> object, Words words) {
    this.name = name;
    this.object = object;
    this.words = words;
  }

  /** Whether the fields from here on are always there. */
  Shape is(boolean required) {
    this.required = required;
    return this;
  }

  /** The fields from here on may be left out. */
  Shape optional() {
    return is(false);
  }

  /** It may have fields besides. */
  Shape open() {
    object.additionalProperties(true);
    return this;
  }

  Shape add(String field, Schema<Object> type) {
    var example = words.find("example." + field);
    if (example != null) {
      type.setExamples(List.of(example));
    }
    object.addProperty(field, type.description(words.of(name + "." + field, field)));
    if (required) {
      object.addRequiredItem(field);
    }
    return this;
  }

  private Shape all(Supplier<Schema<Object>> type, String... fields) {
    for (var field : fields) {
      add(field, type.get());
    }
    return this;
  }

  Shape uuid(String... fields) {
    return all(Types::uuid, fields);
  }

  Shape uri(String... fields) {
    return all(Types::uri, fields);
  }

  Shape uriOrNull(String... fields) {
    return all(() -> Types.orNull(Types.uri()), fields);
  }

  Shape text(String... fields) {
    return all(Types::text, fields);
  }

  Shape textOrNull(String... fields) {
    return all(() -> Types.orNull(Types.text()), fields);
  }

  Shape whole(String... fields) {
    return all(Types::whole, fields);
  }

  Shape wholeOrNull(String... fields) {
    return all(() -> Types.orNull(Types.whole()), fields);
  }

  Shape flag(String... fields) {
    return all(Types::flag, fields);
  }

  Shape date(String... fields) {
    return all(Types::date, fields);
  }

  Shape dateOrNull(String... fields) {
    return all(() -> Types.orNull(Types.date()), fields);
  }

  Shape oneOf(String field, List<String> names) {
    return add(field, Types.oneOf(names));
  }

  Shape listOf(String schema, String... fields) {
    return all(() -> Types.listOf(Types.ref(schema)), fields);
  }

  Shape texts(String... fields) {
    return all(() -> Types.listOf(Types.text()), fields);
  }

  Shape uris(String... fields) {
    return all(() -> Types.listOf(Types.uri()), fields);
  }
}
