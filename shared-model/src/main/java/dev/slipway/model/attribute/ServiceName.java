package dev.slipway.model.attribute;

import com.google.re2j.Pattern;
import dev.slipway.model.Ascii;
import dev.slipway.model.attribute.Kinds.Source;

/** The name of a service: a part of DNS names and of its containers' names. */
public final class ServiceName {

  private static final int MAX_CHARACTERS = 63;
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,%d}".formatted(MAX_CHARACTERS - 1));
  private static final Kind<String> CHECKED =
      Kinds.text(FORM, "must be 1 to 63 letters, digits, '_' or '-', and start with no '_' or '-'");

  /** Stored names that are not legal, from before derived names were made so, are read as legal. */
  static final Kind<String> KIND =
      Kinds.kind(
          CHECKED.type(),
          (field, json, from) ->
              from == Source.LOG ? legal(CHECKED.restore(field, json)) : CHECKED.read(field, json),
          name -> name);

  private ServiceName() {}

  /**
   * The legal name nearest to a text: each character that a name cannot have becomes {@code -}. A
   * legal name stays as it is.
   */
  public static String legal(String text) {
    var name = new StringBuilder();
    for (int at = 0; at < text.length() && name.length() < MAX_CHARACTERS; at++) {
      char c = text.charAt(at);
      boolean first = Ascii.isLetterOrDigit(c);
      if (first || !name.isEmpty()) {
        name.append(first || c == '_' ? c : '-');
      }
    }
    return name.isEmpty() ? "service" : name.toString();
  }
}
