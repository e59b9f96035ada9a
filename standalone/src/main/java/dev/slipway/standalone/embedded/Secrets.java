package dev.slipway.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The folder of an installation's credentials, which only Slipway's user can read. */
public record Secrets(Path folder) {

  private static final int PASSWORD_BYTES = 32;

  /** The folder {@code secrets} of the data folder in which a server has its own. */
  static Secrets beside(Path server) {
    return new Secrets(server.toAbsolutePath().normalize().resolveSibling("secrets"));
  }

  static String random() {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The password of this name, which is made at its first use. */
  String password(String name) {
    return existing(name)
        .orElseGet(
            () -> {
              var made = random();
              write(name, made + "\n");
              return made;
            });
  }

  Optional<String> existing(String name) {
    var file = folder.resolve(name);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Replaces the file as a whole: a crash leaves the old content or the new. */
  Path write(String name, String content) {
    var file = folder.resolve(name);
    var part = folder.resolve(name + ".new");
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(part, content);
      try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
