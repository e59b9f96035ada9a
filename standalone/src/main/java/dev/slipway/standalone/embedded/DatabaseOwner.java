package dev.slipway.standalone.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user that PostgreSQL runs as if Slipway runs as root. Without a user namespace that is an
 * unprivileged one, to whom its data folder must belong.
 *
 * @param name of the user; null for that of this process
 */
record DatabaseOwner(@Nullable String name) {

  private static final String ROOT = "root";
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  /** The user of the settings; {@code ./slipway} sets it where it is needed. */
  static DatabaseOwner ofEnvironment() {
    var name = System.getenv("SLIPWAY_POSTGRES_USER");
    boolean isRoot = ROOT.equals(System.getProperty("user.name"));
    return new DatabaseOwner(isRoot && name != null && !name.isBlank() ? name.strip() : null);
  }

  /**
   * Makes the folder and all in it belong to the user, whose group may pass through the folder
   * above it: that one is Slipway's own.
   *
   * @throws IllegalStateException if the user cannot reach it
   */
  void take(Path folder) throws IOException {
    if (!ROOT.equals(System.getProperty("user.name"))) {
      return;
    }
    var owner =
        folder
            .getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(name == null ? ROOT : name);
    if (name != null) {
      letPass(folder.toAbsolutePath().resolveSibling(".").normalize());
      if (!Files.exists(folder)) {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
      }
    }
    if (Files.exists(folder) && !Files.getOwner(folder).equals(owner)) {
      give(folder, owner);
    }
    checkReachable(folder);
  }

  /** By the user's own group, so that nobody else passes. */
  private void letPass(Path folder) throws IOException {
    var group =
        folder
            .getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByGroupName(primaryGroup());
    Files.getFileAttributeView(folder, PosixFileAttributeView.class).setGroup(group);
    var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
    if (permissions.add(PosixFilePermission.GROUP_EXECUTE)) {
      Files.setPosixFilePermissions(folder, permissions);
    }
  }

  private String primaryGroup() throws IOException {
    var asked = new ProcessBuilder("id", "-gn", Objects.requireNonNull(name)).start();
    return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /**
   * A secret's file as the user can read it: a copy that belongs to the user, where there is one.
   *
   * @param copy is made anew; to be deleted after use
   */
  Path lend(Path secret, Path copy) throws IOException {
    if (name == null) {
      return secret;
    }
    Files.deleteIfExists(copy);
    Files.createFile(
        copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(copy, Files.readString(secret));
    give(copy, copy.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
    return copy;
  }

  private static void give(Path folder, UserPrincipal owner) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : (Iterable<Path>) files::iterator) {
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .setOwner(owner);
      }
    }
  }

  /** A folder above it may be closed to other users, as root's home usually is. */
  private void checkReachable(Path folder) throws IOException {
    if (name == null) {
      return;
    }
    try {
      var test = new ProcessBuilder("unshare", "-U", "test", "-x", folder.toString()).start();
      if (test.waitFor() != 0) {
        throw new IllegalStateException(
            ("PostgreSQL runs as user %s, who cannot reach %s: choose a folder that this user can"
                    + " reach with --data, such as /var/lib/slipway")
                .formatted(name, folder));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
