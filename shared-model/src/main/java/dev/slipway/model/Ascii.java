package dev.slipway.model;

/** Classes of ASCII characters. The methods of {@link Character} also accept other scripts. */
public final class Ascii {

  private Ascii() {}

  public static boolean isLetterOrDigit(int c) {
    return isLetter(c) || isDigit(c);
  }

  public static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  public static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
