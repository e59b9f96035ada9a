package dev.slipway.http;

import dev.slipway.model.Ascii;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Percent-encoding in a URI: {@code %} and two hex digits stand for one byte. */
final class Escapes {

  private static final int LENGTH = 3;

  private Escapes() {}

  /** Whether two hex digits follow each percent sign. */
  static boolean areWhole(String text) {
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
      if (!isEscape(text, at)) {
        return false;
      }
    }
    return true;
  }

  /** The text with letters, digits and {@code -._~} as themselves: they need no escape. */
  static String withoutNeedless(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var plain = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); ) {
      int code = isEscape(text, at) ? Integer.parseInt(text, at + 1, at + LENGTH, 16) : -1;
      if (isUnreserved(code)) {
        plain.append((char) code);
        at += LENGTH;
      } else {
        plain.append(text.charAt(at++));
      }
    }
    return plain.toString();
  }

  /** The text that is encoded, as UTF-8; unchanged if it is malformed. */
  static String decoded(String text) {
    return areWhole(text) ? UriUtils.decode(text, StandardCharsets.UTF_8) : text;
  }

  private static boolean isEscape(String text, int at) {
    return text.charAt(at) == '%'
        && at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0
        && text.charAt(at + 1) < 128
        && text.charAt(at + 2) < 128;
  }

  private static boolean isUnreserved(int code) {
    return code >= 0 && (Ascii.isLetterOrDigit(code) || "-._~".indexOf(code) >= 0);
  }
}
