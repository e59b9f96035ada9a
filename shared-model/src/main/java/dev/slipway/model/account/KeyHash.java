package dev.slipway.model.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is kept of an API key or a token: its SHA-256. A key of 160 random bits cannot be guessed
 * from it, so it needs neither salt nor a slow hash, and can be looked up.
 */
public record KeyHash(@JsonValue String value) {

  @JsonCreator
  public KeyHash {}

  public static KeyHash of(Secret key) {
    try {
      var bytes = key.reveal().getBytes(StandardCharsets.UTF_8);
      var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new KeyHash(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
