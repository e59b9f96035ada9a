package dev.slipway.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the data folder for the user that Slipway runs as: it is made closed to others, closed
 * where it is open, and refused where it belongs to somebody else.
 *
 * @param shared whether the user of PostgreSQL passes through the folder, by its group
 */
record FolderAccess(Path folder, boolean shared) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  static FolderAccess of(Path folder) {
    var user = System.getenv("SLIPWAY_POSTGRES_USER");
    boolean isRoot = "root".equals(System.getProperty("user.name"));
    return new FolderAccess(folder, isRoot && user != null && !user.isBlank());
  }

  /**
   * @return what was closed, for the person at the terminal; empty if all was closed already
   * @throws CannotStart if the folder belongs to another user
   */
  Optional<String> close() throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(folder.toAbsolutePath().normalize().getParent());
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      return Optional.empty();
    }
    var owner = Files.getOwner(folder);
    refuseOthers(owner);
    var was = Files.getPosixFilePermissions(folder);
    boolean opened = close(folder, was, shared);
    int inside = closeInside(owner);
    if (!opened && inside == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "Closed the data folder %s to other users: it was %s, and %d entries in it were open"
            .formatted(folder, PosixFilePermissions.toString(was), inside));
  }

  private void refuseOthers(UserPrincipal owner) throws IOException {
    var me = me();
    if (me != null && !me.equals(owner)) {
      throw new CannotStart(
          "the data folder %s must belong to %s, who runs Slipway (it belongs to %s); run Slipway as %s, or choose another with --data"
              .formatted(folder, me.getName(), owner.getName(), owner.getName()));
    }
  }

  /** Null where the user has no name, as in some containers. */
  private @Nullable UserPrincipal me() {
    try {
      return folder
          .getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName(System.getProperty("user.name"));
    } catch (IOException unknown) {
      return null;
    }
  }

  /** The folder's own entries: nobody passes through them to what is below. */
  private int closeInside(UserPrincipal owner) throws IOException {
    int closed = 0;
    try (var entries = Files.list(folder)) {
      for (var entry : (Iterable<Path>) entries::iterator) {
        boolean passed = shared && entry.endsWith("programs"); // PostgreSQL's user runs them
        if (!passed
            && !Files.isSymbolicLink(entry)
            && Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS).equals(owner)
            && close(entry, Files.getPosixFilePermissions(entry), false)) {
          closed++;
        }
      }
    }
    return closed;
  }

  private static boolean close(Path path, Set<PosixFilePermission> was, boolean groupPasses)
      throws IOException {
    var closed = EnumSet.copyOf(was);
    closed.retainAll(OWNER_ONLY);
    if (groupPasses && was.contains(PosixFilePermission.GROUP_EXECUTE)) {
      closed.add(PosixFilePermission.GROUP_EXECUTE);
    }
    if (closed.equals(was)) {
      return false;
    }
    Files.setPosixFilePermissions(path, closed);
    return true;
  }
}
