package dev.slipway.query.openapi;

import dev.slipway.model.attribute.JsonType;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;

/** The types of values, as the document writes them. */
final class Types {

  private Types() {}

  static Schema<Object> text() {
    return of("string");
  }

  static Schema<Object> uuid() {
    return of("string").format("uuid");
  }

  /** A path on this server. */
  static Schema<Object> uri() {
    return of("string").format("uri-reference");
  }

  /** The one form that dates have is none of those that JSON Schema has a name for. */
  static Schema<Object> date() {
    var date = of("string");
    date.setExamples(List.of("Fri, 02 Jan 2026 03:04:05 +0000"));
    return date;
  }

  static Schema<Object> oneOf(List<String> names) {
    var choice = of("string");
    names.forEach(choice::addEnumItemObject);
    return choice;
  }

  static Schema<Object> whole() {
    return of("integer");
  }

  static Schema<Object> whole(int least, int most) {
    var whole = whole().minimum(BigDecimal.valueOf(least));
    return most == Integer.MAX_VALUE ? whole : whole.maximum(BigDecimal.valueOf(most));
  }

  static Schema<Object> number() {
    return of("number");
  }

  static Schema<Object> flag() {
    return of("boolean");
  }

  static Schema<Object> listOf(Schema<?> element) {
    return of("array").items(element);
  }

  /** An object with values of one type, under any names. */
  static Schema<Object> mapOf(Schema<?> value) {
    return of("object").additionalProperties(value);
  }

  /** An object whose fields are added to it. */
  static Schema<Object> object() {
    return of("object");
  }

  /** A value of which nothing is said. */
  static Schema<Object> any() {
    return new JsonSchema();
  }

  /** An object of which nothing is said. */
  static Schema<Object> anyObject() {
    return object().additionalProperties(true);
  }

  static Schema<Object> ref(String schema) {
    var ref = new JsonSchema();
    ref.set$ref("#/components/schemas/" + schema);
    return ref;
  }

  /** A value of the one type or of the other. */
  static Schema<Object> either(Schema<?> one, Schema<?> other) {
    return new JsonSchema().anyOf(List.of(one, other));
  }

  static Schema<Object> orNull(Schema<Object> schema) {
    if (schema.get$ref() != null) {
      return either(schema, of("null"));
    }
    schema.addType("null");
    if (schema.getEnum() != null) {
      schema.addEnumItemObject(null);
    }
    return schema;
  }

  /** What the type of an attribute is; objects become schemas of their own. */
  static Schema<Object> of(JsonType type, Schemas schemas) {
    return switch (type) {
      case JsonType.Text(var form) -> form == null ? text() : text().pattern("^(" + form + ")$");
      case JsonType.Whole(var least, var most) -> whole(least, most);
      case JsonType.Flag _ -> flag();
      case JsonType.OneOf(var names) -> oneOf(names);
      case JsonType.ListOf(var element) -> listOf(of(element, schemas));
      case JsonType.TextByName _ -> mapOf(text());
      case JsonType.Fields fields -> ref(schemas.input(fields));
    };
  }

  private static Schema<Object> of(String type) {
    var types = new LinkedHashSet<String>();
    types.add(type);
    return new JsonSchema().types(types);
  }
}
