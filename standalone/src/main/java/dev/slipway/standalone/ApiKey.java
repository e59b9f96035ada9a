package dev.slipway.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The user's API key: from the settings, else from its file in the data folder, else made now.
 *
 * @param made whether it is new and must be shown once
 */
record ApiKey(String value, Path file, boolean made) {

  private static final int BYTES = 20;

  static ApiKey of(Settings settings) {
    var file = settings.data().resolve("apikey");
    var given = settings.of("SLIPWAY_APIKEY");
    try {
      if (given.isPresent()) {
        write(file, given.get());
        return new ApiKey(given.get(), file, false);
      }
      if (Files.exists(file)) {
        return new ApiKey(Files.readString(file).strip(), file, false);
      }
      var bytes = new byte[BYTES];
      new SecureRandom().nextBytes(bytes);
      var key = HexFormat.of().formatHex(bytes);
      write(file, key);
      return new ApiKey(key, file, true);
    } catch (IOException failure) {
      throw new CannotStart("the API key cannot be kept in " + file + ": " + failure.getMessage());
    }
  }

  private static void write(Path file, String key) throws IOException {
    var onlyMine = PosixFilePermissions.fromString("rw-------");
    if (!Files.exists(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(onlyMine));
    }
    Files.setPosixFilePermissions(file, onlyMine);
    Files.writeString(file, key + "\n");
  }

  @Override
  public String toString() {
    return "ApiKey in " + file;
  }
}
