package dev.slipway.command.service;

import dev.slipway.model.Delimited;
import dev.slipway.model.Digits;

/** Tells texts that are IP addresses from others, without asking any name server. */
final class IpAddress {

  private static final int LONGEST = 45;

  private IpAddress() {}

  static boolean isOne(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    return text.indexOf(':') < 0 ? isFourBytes(text) : isHexadecimal(text);
  }

  private static boolean isFourBytes(String text) {
    var parts = Delimited.split(text, '.');
    if (parts.size() != 4) {
      return false;
    }
    for (var part : parts) {
      boolean padded = part.length() > 1 && part.charAt(0) == '0';
      if (!Digits.isNumber(part, 3) || padded || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  /** Up to eight groups of four hexadecimal digits; two colons once for groups of zeros. */
  private static boolean isHexadecimal(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == 8;
    }
    var before = text.substring(0, gap);
    var after = text.substring(gap + 2);
    int first = before.isEmpty() ? 0 : groups(before, false);
    int second = after.isEmpty() ? 0 : groups(after, true);
    return first >= 0 && second >= 0 && first + second <= 7;
  }

  /** How many groups, -1 if one is none; an IPv4 address at the end counts two. */
  private static int groups(String text, boolean last) {
    var parts = Delimited.split(text, ':');
    int groups = 0;
    for (int at = 0; at < parts.size(); at++) {
      boolean four = last && at == parts.size() - 1 && parts.get(at).indexOf('.') >= 0;
      if (four ? !isFourBytes(parts.get(at)) : !isGroup(parts.get(at))) {
        return -1;
      }
      groups += four ? 2 : 1;
    }
    return groups;
  }

  private static boolean isGroup(String text) {
    return !text.isEmpty()
        && text.length() <= 4
        && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
  }
}
