package dev.slipway.model.attribute;

import org.jspecify.annotations.Nullable;

/**
 * The type of an attribute: reads what a client or the event store holds, and writes what both get.
 * Reading is lenient where real clients are sloppy (numbers as strings, tags as bare names),
 * writing always gives the one exact form.
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

  /** The exact JSON form, of the same Java types as {@link #read} takes. */
  @Nullable Object write(T value);

  /** What {@link #write} gives. */
  JsonType type();
}
