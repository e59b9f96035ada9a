package dev.slipway.docker.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Says who has access to the socket of an Engine. */
public final class SocketAccess {

  private static final Set<PosixFilePermission> OF_THE_GROUP =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);

  private SocketAccess() {}

  /** Advises a user that is denied access; the usual remedy is to join the socket's group. */
  public static String remedy(Path socket) {
    try {
      return remedy(Files.readAttributes(socket, PosixFileAttributes.class));
    } catch (IOException | UnsupportedOperationException hidden) {
      return "run as a user that may read and write the socket";
    }
  }

  private static String remedy(PosixFileAttributes socket) {
    var group = socket.group().getName();
    if (socket.permissions().containsAll(OF_THE_GROUP)) {
      return "the socket belongs to group %1$s: run 'sudo usermod -aG %1$s %2$s' and log in again"
          .formatted(group, System.getProperty("user.name"));
    }
    return "the socket belongs to user %s and group %s, and its mode %s gives the group no access: run as that user, or give the group access"
        .formatted(
            socket.owner().getName(), group, PosixFilePermissions.toString(socket.permissions()));
  }
}
