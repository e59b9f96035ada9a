package dev.slipway.model.account;

import com.google.re2j.Pattern;
import dev.slipway.model.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The form of API keys and of the tokens of containers: 160 random bits as 40 hex digits. */
public final class AccessKey {

  private static final int BYTES = 20;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private AccessKey() {}

  /** Draws a new one. */
  public static Secret draw() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Secret(HexFormat.of().formatHex(bytes));
  }

  /** Whether it can be one that was drawn here. */
  public static boolean hasForm(Secret key) {
    return key.reveal().length() == 2 * BYTES && FORM.matcher(key.reveal()).matches();
  }
}
