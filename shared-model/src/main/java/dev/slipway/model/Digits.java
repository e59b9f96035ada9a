package dev.slipway.model;

/** Whole numbers as clients write them. */
public final class Digits {

  private Digits() {}

  /** Whether the text is 1 to so many of the digits 0 to 9, and nothing else. */
  public static boolean isNumber(String text, int mostDigits) {
    if (text.isEmpty() || text.length() > mostDigits) {
      return false;
    }
    return text.chars().allMatch(Ascii::isDigit);
  }
}
