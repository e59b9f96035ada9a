package dev.slipway.command.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that seals the data keys of namespaces, in a file that only its owner can read. The file
 * is a keyset of Tink in JSON, so that it can hold older keys beside the newest.
 */
public final class MasterKey {

  private static final Logger LOG = LoggerFactory.getLogger(MasterKey.class);
  private static final String SETTING = "SLIPWAY_MASTER_KEY_FILE";

  private final @Nullable Path file;
  private @Nullable Aead aead;

  /**
   * @param file null if there is no place for the key: nothing can be sealed then
   */
  public MasterKey(@Nullable Path file) {
    this.file = file;
  }

  /**
   * The key, which is read at the first use.
   *
   * @param mayBeNew whether a key is made if there is no file; false if something is sealed already
   * @throws SealFailure if there is none
   */
  synchronized Aead aead(boolean mayBeNew) {
    if (aead == null) {
      aead = load(mayBeNew);
    }
    return aead;
  }

  private Aead load(boolean mayBeNew) {
    if (file == null) {
      throw new SealFailure(
          "secrets cannot be stored: %s names no file for the master key".formatted(SETTING));
    }
    try {
      AeadConfig.register();
      return primitive(read(file, mayBeNew));
    } catch (IOException | GeneralSecurityException unusable) {
      throw new SealFailure(
          "the master key %s cannot be used: %s".formatted(file, unusable), unusable);
    }
  }

  static Aead primitive(KeysetHandle keys) throws GeneralSecurityException {
    return keys.getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  static KeysetHandle draw() throws GeneralSecurityException {
    return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
  }

  private static KeysetHandle read(Path file, boolean mayBeNew)
      throws IOException, GeneralSecurityException {
    try {
      var text = Files.readString(file);
      restrict(file);
      return TinkJsonProtoKeysetFormat.parseKeyset(text, InsecureSecretKeyAccess.get());
    } catch (NoSuchFileException missing) {
      if (!mayBeNew) {
        throw new SealFailure(
            "the master key %s is missing, and secrets are sealed with it: restore the file, or"
                    .formatted(file)
                + " name it with "
                + SETTING,
            missing);
      }
      return create(file);
    }
  }

  private static void restrict(Path file) throws IOException {
    var owner = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if (!owner.containsAll(Files.getPosixFilePermissions(file))) {
      Files.setPosixFilePermissions(file, owner);
      LOG.warn("The master key {} could be read by others; only its owner can read it now", file);
    }
  }

  /** Writes a new key completely before it gets its name; another process may be first. */
  private static KeysetHandle create(Path file) throws IOException, GeneralSecurityException {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    var part = Files.createTempFile(folder, "master", ".key"); // mode 0600
    try {
      var keys = draw();
      Files.writeString(
          part, TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get()));
      Files.createLink(file, part);
      LOG.info("Made the master key {}; keep a copy of it apart from backups", file);
      return keys;
    } catch (FileAlreadyExistsException made) {
      return read(file, false);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
