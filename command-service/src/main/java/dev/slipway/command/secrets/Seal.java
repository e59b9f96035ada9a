package dev.slipway.command.secrets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import dev.slipway.model.Namespace;
import dev.slipway.model.SealedSecret;
import dev.slipway.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Encrypts secrets with AES-256-GCM before they are stored in events. Each namespace has a data key
 * of its own, which is stored sealed by the {@link MasterKey}. A sealed secret opens only for the
 * namespace and the purpose that it was sealed for.
 */
public final class Seal {

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MAX_KEYS_KEPT = 10_000;

  private final JdbcTemplate jdbc;
  private final MasterKey master;
  private final Cache<Namespace, Aead> keys =
      Caffeine.newBuilder().maximumSize(MAX_KEYS_KEPT).expireAfterWrite(KEPT).build();

  public Seal(JdbcTemplate jdbc, MasterKey master) {
    this.jdbc = jdbc;
    this.master = master;
  }

  /**
   * Must not be called in a transaction: a new data key is stored whatever becomes of the secret.
   *
   * @param purpose what the secret is for, such as {@code registry quay.io}
   * @throws SealFailure if there is no master key, or another than that of the data key
   */
  public SealedSecret seal(Namespace namespace, String purpose, Secret secret) {
    try {
      var bytes =
          key(namespace)
              .encrypt(
                  secret.reveal().getBytes(StandardCharsets.UTF_8), context(namespace, purpose));
      return new SealedSecret(Base64.getEncoder().encodeToString(bytes));
    } catch (GeneralSecurityException failure) {
      throw new SealFailure("a secret of %s cannot be sealed".formatted(namespace), failure);
    }
  }

  /**
   * @throws SealFailure if it was sealed for something else, with another key, or was changed
   */
  public Secret open(Namespace namespace, String purpose, SealedSecret sealed) {
    try {
      var bytes = Base64.getDecoder().decode(sealed.value());
      return new Secret(
          new String(
              key(namespace).decrypt(bytes, context(namespace, purpose)), StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException damaged) {
      throw new SealFailure(
          "the secret of %s for %s cannot be opened".formatted(namespace, purpose), damaged);
    }
  }

  private Aead key(Namespace namespace) {
    var known = keys.getIfPresent(namespace);
    if (known != null) {
      return known;
    }
    var sealed = stored(namespace);
    var key = opened(namespace, sealed);
    keys.put(namespace, key);
    return key;
  }

  private Aead opened(Namespace namespace, String sealed) {
    try {
      return MasterKey.primitive(
          TinkJsonProtoKeysetFormat.parseEncryptedKeyset(
              sealed, master.aead(false), bytes(namespace.value())));
    } catch (GeneralSecurityException other) {
      throw new SealFailure(
          "the master key does not open the data key of %s: it is another than the one that"
                  .formatted(namespace)
              + " sealed it",
          other);
    }
  }

  /** The sealed data key, a new one if the namespace had none. */
  private String stored(Namespace namespace) {
    var found = find(namespace);
    if (found.isEmpty()) {
      jdbc.update(
          "INSERT INTO data_keys (namespace, sealed_key) VALUES (?, ?) ON CONFLICT DO NOTHING",
          namespace.value(),
          drawn(namespace));
      found = find(namespace);
    }
    return found.getFirst();
  }

  private List<String> find(Namespace namespace) {
    return jdbc.queryForList(
        "SELECT sealed_key FROM data_keys WHERE namespace = ?", String.class, namespace.value());
  }

  private String drawn(Namespace namespace) {
    boolean isFirst =
        Boolean.TRUE.equals(
            jdbc.queryForObject("SELECT NOT EXISTS (SELECT FROM data_keys)", Boolean.class));
    var sealing = master.aead(isFirst);
    try {
      return TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
          MasterKey.draw(), sealing, bytes(namespace.value()));
    } catch (GeneralSecurityException failure) {
      throw new SealFailure("no data key can be made for " + namespace, failure);
    }
  }

  /** Binds a secret to its place, so that it cannot be moved to another. */
  private static byte[] context(Namespace namespace, String purpose) {
    return bytes(namespace.value() + "\n" + purpose);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
