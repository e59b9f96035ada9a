package dev.slipway.http;

import dev.slipway.http.Credentials.UserAndKey;
import dev.slipway.model.Namespace;
import dev.slipway.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The account of the settings, which is there before any event is: it makes the first users and is
 * the administrator. Its key may be weak, so it is kept as a keyed hash and compared in constant
 * time.
 */
final class ConfiguredAccount {

  private final String user;
  private final Namespace namespace;
  private final Mac hashing = hashing();
  private final byte[] keyHash;
  private final Mac sealing;

  ConfiguredAccount(String user, String apiKey, Namespace namespace) {
    this.user = user;
    this.namespace = namespace;
    this.keyHash = hash(apiKey);
    this.sealing = hmac(("session " + apiKey).getBytes(StandardCharsets.UTF_8));
  }

  String user() {
    return user;
  }

  Namespace namespace() {
    return namespace;
  }

  boolean isOf(UserAndKey credentials) {
    boolean sameKey = MessageDigest.isEqual(keyHash, hash(credentials.key().reveal()));
    return sameKey && credentials.user().equals(user);
  }

  /** A secret made of another and this account's API key. */
  Secret seal(Secret secret) {
    return new Secret(HexFormat.of().formatHex(mac(sealing, secret.reveal())));
  }

  private byte[] hash(String key) {
    return mac(hashing, key);
  }

  private static byte[] mac(Mac prepared, String key) {
    try {
      var mac = (Mac) prepared.clone(); // looking it up costs more than the hash
      return mac.doFinal(key.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the JDK's HmacSHA256 can be cloned", impossible);
    }
  }

  private static Mac hashing() {
    var salt = new byte[32];
    new SecureRandom().nextBytes(salt);
    return hmac(salt);
  }

  private static Mac hmac(byte[] key) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }
}
