package dev.slipway.model;

import com.google.re2j.Pattern;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.UUID;

/**
 * UUIDs of version 4, the only version that the old clients take for one: drawn, derived or read.
 */
public final class Uuids {

  private static final int LENGTH = 36;
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Uuids() {}

  /** Draws a new one. */
  public static String random() {
    return UUID.randomUUID().toString();
  }

  /** The same text always gives the same one, so that a retry can not name a second thing. */
  public static String derived(String from) {
    try {
      var hash =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(from.getBytes(StandardCharsets.UTF_8)));
      long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x0000_0000_0000_4000L;
      long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low).toString();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Whether the text is a UUID of any version, in either case. */
  public static boolean isUuid(String text) {
    return text.length() == LENGTH && UUID_TEXT.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  /** The first eight digits, as names on the Engine and DNS names carry them. */
  public static String shortForm(String uuid) {
    return uuid.substring(0, 8);
  }
}
