package dev.slipway.standalone.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** Makes, verifies and restores backups. */
public final class Backups {

  private Backups() {}

  /** What a backup has. */
  public record Summary(Instant created, String installation, long events, int files) {

    static Summary of(Manifest manifest) {
      int files = (int) manifest.entries().stream().filter(entry -> !entry.isTable()).count();
      return new Summary(manifest.created(), manifest.installation(), manifest.events(), files);
    }
  }

  /**
   * Writes a backup, also while Slipway runs.
   *
   * @param data the data folder
   * @throws BackupProblem if it cannot be made
   */
  public static Summary create(
      String jdbcUrl, Path data, Map<String, String> environment, Path file) {
    try (var connection = DriverManager.getConnection(jdbcUrl)) {
      return Summary.of(new BackupWriter(connection, environment).write(data, file));
    } catch (IOException | SQLException failure) {
      throw new BackupProblem("the backup cannot be made: " + failure.getMessage(), failure);
    }
  }

  /**
   * Reads all of a backup.
   *
   * @throws BackupProblem if it is not whole
   */
  public static Summary verify(Path file) {
    try (var backup = BackupReader.open(file)) {
      backup.verify();
      return Summary.of(backup.manifest());
    } catch (IOException failure) {
      throw new BackupProblem(
          "%s cannot be read: %s".formatted(file, failure.getMessage()), failure);
    }
  }

  /**
   * Restores the rows of a backup into an empty database.
   *
   * @throws BackupProblem if it cannot be restored; nothing is left in the database then
   */
  public static void restoreDatabase(Path file, String jdbcUrl) {
    try (var backup = BackupReader.open(file)) {
      new BackupRestore(backup).restoreDatabase(jdbcUrl);
    } catch (IOException | SQLException failure) {
      throw new BackupProblem("the backup cannot be restored: " + failure.getMessage(), failure);
    }
  }

  /** Restores the files of a backup into a data folder. */
  public static void restoreFiles(Path file, Path data) {
    try (var backup = BackupReader.open(file)) {
      new BackupRestore(backup).restoreFiles(data);
    } catch (IOException failure) {
      throw new BackupProblem("the backup cannot be restored: " + failure.getMessage(), failure);
    }
  }
}
