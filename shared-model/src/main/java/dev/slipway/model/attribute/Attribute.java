package dev.slipway.model.attribute;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a service that a client may set.
 *
 * @param name as the API has it
 * @param aliases other names that clients send it under
 * @param unset what holds while nobody has set it
 */
public record Attribute<T>(
    String name, List<String> aliases, Kind<T> kind, @Nullable T unset, Set<Trait> traits) {

  /** What an attribute is used for, beyond being stored. */
  public enum Trait {
    /** Goes into each container: a change takes a redeploy. */
    IN_CONTAINER,
    /** Is set at creation and never again. */
    FIXED,
    /** A client may put it back to unset by null; the others keep their value on null. */
    NULLABLE
  }

  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /** Only a name; two attributes never share one. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attribute<?> attribute && attribute.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
