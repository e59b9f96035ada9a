package dev.slipway.model.attribute;

import org.jspecify.annotations.Nullable;

/**
 * The type of an attribute: reads a client's input by the rules of today, restores stored values
 * without them, and writes the one exact form for both. Reading is lenient where real clients are
 * sloppy (numbers as strings, tags as bare names).
 *
 * @param <T> what the attribute is in Java
 */
public interface Kind<T> {

  /**
   * @param field the path to name in an error
   * @param json null, a String, Number, Boolean, List or Map, as a JSON parser gives them
   * @throws dev.slipway.model.InvalidInput if the value breaks a rule of this type
   */
  T read(String field, Object json);

  /**
   * Restores a value from its stored form. No rule applies: rules change, and stored history does
   * not.
   *
   * @param json as {@link #write} gave it
   * @throws IllegalArgumentException if this type has no value for it, such as text for a number
   */
  T restore(String field, Object json);

  /** The exact JSON form, of the same Java types as {@link #read} takes. */
  @Nullable Object write(T value);

  /** What {@link #write} gives. */
  JsonType type();
}
