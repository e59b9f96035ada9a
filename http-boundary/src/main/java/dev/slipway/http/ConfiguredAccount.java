package dev.slipway.http;

import dev.slipway.http.Credentials.UserAndKey;
import dev.slipway.model.Namespace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
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
  private final byte[] salt = new byte[32];
  private final byte[] keyHash;

  ConfiguredAccount(String user, String apiKey, Namespace namespace) {
    this.user = user;
    this.namespace = namespace;
    new SecureRandom().nextBytes(salt);
    this.keyHash = hash(apiKey);
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

  private byte[] hash(String key) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(salt, "HmacSHA256"));
      return mac.doFinal(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | java.security.InvalidKeyException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }
}
