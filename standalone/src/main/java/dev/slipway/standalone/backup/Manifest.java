package dev.slipway.standalone.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a backup contains. It is the last entry of the file, so a file that was cut short has none.
 *
 * @param format of the file
 * @param schema version of the database's tables
 * @param installation whose backup it is
 * @param events how many events the log has
 * @param sequences the next value of each
 * @param settings SLIPWAY_… of the process that made the backup, for the operator to read
 */
record Manifest(
    int format,
    Instant created,
    String schema,
    String installation,
    long events,
    Map<String, Long> sequences,
    Map<String, String> settings,
    List<Entry> entries) {

  /** The format that this program writes, and the newest that it reads. */
  static final int FORMAT = 1;

  Manifest {
    sequences = Map.copyOf(sequences);
    settings = Map.copyOf(settings);
    entries = List.copyOf(entries);
  }

  /**
   * A part of the file.
   *
   * @param columns of the rows of a table, in their order; none of a file
   * @param rows of a table, 0 of a file
   */
  record Entry(String name, List<String> columns, long rows, String sha256) {

    static final String TABLE = "tables/";
    static final String FILE = "files/";

    Entry {
      columns = List.copyOf(columns);
    }

    boolean isTable() {
      return name.startsWith(TABLE);
    }

    /** The name of the table, or the path of the file below the data folder. */
    String target() {
      return name.substring(isTable() ? TABLE.length() : FILE.length());
    }
  }
}
