package dev.slipway.standalone.backup;

import dev.slipway.model.wire.Wire;
import dev.slipway.standalone.backup.Manifest.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.zip.ZipFile;

/** Reads a backup, and checks that it is whole. */
final class BackupReader implements AutoCloseable {

  private final Path path;
  private final ZipFile file;
  private final Manifest manifest;

  private BackupReader(Path path, ZipFile file, Manifest manifest) {
    this.path = path;
    this.file = file;
    this.manifest = manifest;
  }

  /**
   * @throws BackupProblem if it is no backup, or of a newer format
   */
  static BackupReader open(Path path) {
    if (!Files.isReadable(path)) {
      throw new BackupProblem("%s cannot be read".formatted(path));
    }
    try {
      var file = new ZipFile(path.toFile());
      var entry = file.getEntry("manifest.json");
      if (entry == null) {
        file.close();
        throw new BackupProblem("%s is no backup of Slipway: it has no manifest".formatted(path));
      }
      try (var in = file.getInputStream(entry)) {
        var manifest = Wire.read(in.readAllBytes(), Manifest.class);
        if (manifest.format() > Manifest.FORMAT) {
          throw new BackupProblem(
              "%s has format %d; this version reads up to %d. Use the version that made it, or a newer one"
                  .formatted(path, manifest.format(), Manifest.FORMAT));
        }
        return new BackupReader(path, file, manifest);
      }
    } catch (IOException | tools.jackson.core.JacksonException damaged) {
      throw new BackupProblem(
          "%s is no backup of Slipway, or is damaged: %s".formatted(path, damaged.getMessage()),
          damaged);
    }
  }

  Manifest manifest() {
    return manifest;
  }

  InputStream content(Entry entry) throws IOException {
    var found = file.getEntry(entry.name());
    if (found == null) {
      throw new BackupProblem("%s is damaged: %s is missing".formatted(path, entry.name()));
    }
    return file.getInputStream(found);
  }

  /**
   * Reads everything.
   *
   * @throws BackupProblem if a part is missing or differs from what was written
   */
  void verify() {
    for (var entry : manifest.entries()) {
      var digest = BackupWriter.sha256();
      long lines = 0;
      try (var in = new DigestInputStream(content(entry), digest)) {
        var buffer = new byte[1 << 16];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          lines += newlines(buffer, count);
        }
      } catch (IOException damaged) {
        throw new BackupProblem(
            "%s is damaged: %s cannot be read: %s"
                .formatted(path, entry.name(), damaged.getMessage()),
            damaged);
      }
      if (!HexFormat.of().formatHex(digest.digest()).equals(entry.sha256())) {
        throw new BackupProblem(
            "%s is damaged: the checksum of %s is wrong".formatted(path, entry.name()));
      }
      if (entry.isTable() && lines != entry.rows()) {
        throw new BackupProblem(
            "%s is damaged: %s has %d rows instead of %d"
                .formatted(path, entry.name(), lines, entry.rows()));
      }
    }
  }

  /** In PostgreSQL's text form a row is a line; line breaks in values are escaped. */
  private static long newlines(byte[] buffer, int count) {
    long lines = 0;
    for (int i = 0; i < count; i++) {
      lines += buffer[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
