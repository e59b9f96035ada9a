package dev.slipway.http;

import dev.slipway.model.Namespace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one account of the settings. Its key is kept as a keyed hash and compared in constant time.
 */
final class ConfiguredAccount implements Accounts {

  private final Account account;
  private final byte[] salt = new byte[32];
  private final byte[] keyHash;

  ConfiguredAccount(String user, String apiKey, Namespace namespace) {
    this.account = new Account(user, namespace);
    new SecureRandom().nextBytes(salt);
    this.keyHash = hash(apiKey);
  }

  @Override
  public Optional<Account> verify(Credentials credentials) {
    boolean sameKey = MessageDigest.isEqual(keyHash, hash(credentials.key().reveal()));
    return sameKey && credentials.user().equals(account.user())
        ? Optional.of(account)
        : Optional.empty();
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
