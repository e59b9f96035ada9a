package dev.slipway.standalone.backup;

import dev.slipway.model.wire.Wire;
import dev.slipway.standalone.backup.Manifest.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Writes a backup: all tables as of one moment, and the files that belong to them. */
final class BackupWriter {

  /** Files of the data folder that cannot be made again; the rest follows from the log. */
  private static final List<String> FILES = List.of("apikey", "agent");

  private final Connection connection;
  private final Map<String, String> environment;
  private final List<Entry> entries = new ArrayList<>();

  BackupWriter(Connection connection, Map<String, String> environment) {
    this.connection = connection;
    this.environment = environment;
  }

  /**
   * @param data the data folder; parts of it that are not there are left out
   * @param file is replaced only by a whole backup
   */
  Manifest write(Path data, Path file) throws IOException, SQLException {
    var part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var zip = new ZipOutputStream(Files.newOutputStream(part))) {
      var manifest = write(data, zip);
      zip.putNextEntry(new ZipEntry("manifest.json"));
      zip.write(Wire.write(manifest));
      zip.closeEntry();
      zip.finish();
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return manifest;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Manifest write(Path data, ZipOutputStream zip) throws IOException, SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    var tables = new Tables(connection);
    for (var table : tables.all()) {
      copy(table, tables.columns(table), zip);
    }
    for (var name : FILES) {
      addFiles(data, data.resolve(name), zip);
    }
    var manifest =
        new Manifest(
            Manifest.FORMAT,
            Instant.now(),
            tables.schema(),
            tables.value("SELECT id FROM installation"),
            Long.parseLong(tables.value("SELECT count(*) FROM events")),
            tables.sequences(),
            settings(),
            entries);
    connection.rollback();
    return manifest;
  }

  private Map<String, String> settings() {
    var settings = new TreeMap<String, String>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("SLIPWAY_") && !name.contains("KEY") && !name.contains("TOKEN")) {
            settings.put(name, name.equals("SLIPWAY_POSTGRES") ? "(set)" : value);
          }
        });
    return new LinkedHashMap<>(settings);
  }

  private void copy(String table, List<String> columns, ZipOutputStream zip)
      throws IOException, SQLException {
    var copying = connection.unwrap(PGConnection.class).getCopyAPI();
    var sql = "COPY %s (%s) TO STDOUT".formatted(table, String.join(", ", columns));
    var rows = new long[1];
    var hash = add(Entry.TABLE + table, zip, out -> rows[0] = copyOut(copying, sql, out));
    entries.add(new Entry(Entry.TABLE + table, columns, rows[0], hash));
  }

  private static long copyOut(CopyManager copying, String sql, OutputStream out)
      throws IOException {
    try {
      return copying.copyOut(sql, out);
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  private void addFiles(Path data, Path path, ZipOutputStream zip) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (var files = Files.walk(path)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var name = Entry.FILE + data.relativize(file);
        var hash = add(name, zip, out -> Files.copy(file, out));
        entries.add(new Entry(name, List.of(), 0, hash));
      }
    }
  }

  /** Writes the content of an entry. */
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static String add(String name, ZipOutputStream zip, Content content) throws IOException {
    var digest = sha256();
    zip.putNextEntry(new ZipEntry(name));
    var out = new DigestOutputStream(zip, digest);
    content.writeTo(out);
    out.flush();
    zip.closeEntry();
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
