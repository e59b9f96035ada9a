package dev.slipway.standalone;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Describes failures of file operations: Java's messages often consist of the path alone. */
final class FileProblem {

  private static final String FULL = "No space left on device";

  private FileProblem() {}

  /** Cause and remedy; the failure's own message if nothing better is known. */
  static String describe(Throwable failure) {
    var message = String.valueOf(failure.getMessage());
    if (failure instanceof AccessDeniedException denied) {
      return "%s cannot be accessed by user %s%s: run Slipway as its owner, or change the owner with chown -R"
          .formatted(denied.getFile(), System.getProperty("user.name"), owner(denied.getFile()));
    }
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (message.contains(FULL)) {
      return message + ": free some space, or choose another disk with --data";
    }
    return failure.getMessage() == null ? failure.toString() : message;
  }

  private static String owner(@Nullable String file) {
    try {
      return file == null ? "" : " (it belongs to %s)".formatted(Files.getOwner(Path.of(file)));
    } catch (IOException | RuntimeException unknown) {
      return "";
    }
  }
}
