package dev.slipway.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file in the data folder for as long as a restore is under way: what a restore that was cut
 * short left would start as a new installation without a service.
 *
 * @param data the data folder
 */
record RestoreMark(Path data) {

  static final String NAME = "restore-under-way";

  void set() throws IOException {
    Files.createDirectories(data);
    Files.writeString(file(), "The restore of this folder has not ended.\n");
  }

  void clear() throws IOException {
    Files.deleteIfExists(file());
  }

  /**
   * @throws CannotStart if a restore of the folder has not ended
   */
  void check() {
    if (Files.exists(file())) {
      throw new CannotStart(
          ("a restore of the data folder %s was cut short, so that parts of the backup are missing:"
                  + " restore it again into an empty folder, and delete this one")
              .formatted(data));
    }
  }

  private Path file() {
    return data.resolve(NAME);
  }
}
