package dev.slipway.model;

import java.util.ArrayList;
import java.util.List;

/** Text in parts with a character between them. Takes time in proportion to the text's length. */
public final class Delimited {

  private Delimited() {}

  /** All parts, empty ones too: one more than the text has delimiters. */
  public static List<String> split(String text, char delimiter) {
    return split(text, delimiter, Integer.MAX_VALUE);
  }

  /**
   * @param most parts; the last one has the rest of the text with its delimiters
   */
  public static List<String> split(String text, char delimiter, int most) {
    var parts = new ArrayList<String>();
    int from = 0;
    for (int end = text.indexOf(delimiter);
        end >= 0 && parts.size() < most - 1;
        end = text.indexOf(delimiter, from)) {
      parts.add(text.substring(from, end));
      from = end + 1;
    }
    parts.add(text.substring(from));
    return List.copyOf(parts);
  }

  /** The text before the first delimiter, all of it if there is none. */
  public static String before(String text, char delimiter) {
    int at = text.indexOf(delimiter);
    return at < 0 ? text : text.substring(0, at);
  }

  /** The last part that is not empty, such as the uuid in a URI; empty if there is none. */
  public static String last(String text, char delimiter) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == delimiter) {
      end--;
    }
    return text.substring(end == 0 ? 0 : text.lastIndexOf(delimiter, end - 1) + 1, end);
  }
}
