package dev.slipway.command.api;

import dev.slipway.model.wire.SentNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Reads JSON into maps, lists and texts, with numbers that keep the text they were sent in. */
final class SentJson extends StdDeserializer<Object> {

  static final SimpleModule MODULE =
      new SimpleModule().addDeserializer(Object.class, new SentJson());

  private SentJson() {
    super(Object.class);
  }

  @Override
  public @Nullable Object deserialize(JsonParser json, DeserializationContext context) {
    return value(json, context);
  }

  private static @Nullable Object value(JsonParser json, DeserializationContext context) {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        var object = new LinkedHashMap<String, @Nullable Object>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          var name = json.currentName();
          json.nextToken();
          object.put(name, value(json, context));
        }
        yield object;
      }
      case START_ARRAY -> {
        var list = new ArrayList<@Nullable Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(json, context));
        }
        yield list;
      }
      case VALUE_STRING -> json.getString();
      case VALUE_NUMBER_INT -> whole(json);
      case VALUE_NUMBER_FLOAT -> new SentNumber(json.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> context.handleUnexpectedToken(Object.class, json);
    };
  }

  private static Number whole(JsonParser json) {
    var number = json.getNumberValue();
    var text = json.getString();
    return number.toString().equals(text) ? number : new SentNumber(text);
  }
}
