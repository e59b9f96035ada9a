package dev.slipway.query.paging;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;

import dev.slipway.model.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.bson.conversions.Bson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The place of a document in a list: the values that the list is ordered by. What is deleted before
 * it moves nothing behind it, as it does with offsets. To clients it is opaque.
 */
record Cursor(List<Object> values) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_CHARACTERS = 1_000;

  Cursor {
    values = List.copyOf(values);
  }

  /** Where the document is in the order. */
  static Cursor of(Document document, Bson order) {
    return new Cursor(
        keys(order).stream().map(key -> Objects.requireNonNull(document.get(key))).toList());
  }

  /**
   * @throws InvalidInput if no list has given it
   */
  static Cursor parse(String text) {
    try {
      if (text.length() <= MAX_CHARACTERS) {
        var json = Base64.getUrlDecoder().decode(text);
        var values = JSON.readValue(new String(json, StandardCharsets.UTF_8), List.class);
        var read = new ArrayList<Object>();
        for (var value : values) {
          if (value instanceof Number number) {
            read.add(number.longValue());
          } else if (value instanceof String part) {
            read.add(part);
          } else {
            throw refused();
          }
        }
        return new Cursor(read);
      }
    } catch (IllegalArgumentException | JacksonException noCursor) {
      throw refused();
    }
    throw refused();
  }

  private static InvalidInput refused() {
    return new InvalidInput("cursor", "must be one that a list of this kind gave");
  }

  String text() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(values));
  }

  /**
   * What comes after this place.
   *
   * @throws InvalidInput if it is of a list with another order
   */
  Bson after(Bson order) {
    var keys = keys(order);
    if (keys.size() != values.size()) {
      throw refused();
    }
    var choices = new ArrayList<Bson>();
    for (int at = 0; at < keys.size(); at++) {
      var parts = new ArrayList<Bson>();
      for (int before = 0; before < at; before++) {
        parts.add(eq(keys.get(before), values.get(before)));
      }
      parts.add(
          isAscending(order, keys.get(at))
              ? gt(keys.get(at), values.get(at))
              : lt(keys.get(at), values.get(at)));
      choices.add(and(parts));
    }
    var first = keys.getFirst();
    var range =
        isAscending(order, first) ? gte(first, values.getFirst()) : lte(first, values.getFirst());
    return and(range, or(choices)); // the range alone is what an index finds
  }

  private static List<String> keys(Bson order) {
    return List.copyOf(order.toBsonDocument().keySet());
  }

  private static boolean isAscending(Bson order, String key) {
    return order.toBsonDocument().getNumber(key).intValue() > 0;
  }
}
