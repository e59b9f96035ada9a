package dev.slipway.model.attribute;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link Kind} writes as JSON, for those who describe attributes to clients. */
public sealed interface JsonType {

  /**
   * A string.
   *
   * @param form the regular expression that all of it matches, null if any text will do
   */
  record Text(@Nullable String form) implements JsonType {}

  /** A whole number within bounds; there is no upper one if it is the largest int. */
  record Whole(int least, int most) implements JsonType {}

  /** True or false. */
  record Flag() implements JsonType {}

  /** One of these strings. */
  record OneOf(List<String> names) implements JsonType {

    public OneOf {
      names = List.copyOf(names);
    }
  }

  /** A list of values of one type. */
  record ListOf(JsonType element) implements JsonType {}

  /** An object with strings under names that the client chooses. */
  record TextByName() implements JsonType {}

  /** An object with fields of its own. */
  record Fields(String name, List<Field> fields) implements JsonType {

    public Fields {
      fields = List.copyOf(fields);
    }
  }

  /** One field of an object. */
  record Field(String name, JsonType type, Presence presence) {}

  /** Whether a client must send a field. */
  enum Presence {
    /** Always. */
    REQUIRED,
    /** Or leaves it out. */
    OPTIONAL,
    /** Or leaves it out, or sends null. */
    NULLABLE
  }
}
