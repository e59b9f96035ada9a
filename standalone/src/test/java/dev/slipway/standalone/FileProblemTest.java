package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java's messages often are a path alone; ours have cause and remedy. */
class FileProblemTest {

  @TempDir Path folder;

  @Test
  void aFullDiskIsNamedWithTheRemedy() {
    var full = new FileSystemException("/data/postgres/base", null, "No space left on device");
    assertThat(FileProblem.describe(full))
        .isEqualTo(
            "/data/postgres/base: No space left on device: free some space, or choose another disk"
                + " with --data");
    assertThat(FileProblem.describe(new IOException("No space left on device")))
        .contains("free some space");
  }

  @Test
  void anotherOwnerIsNamedWithBothUsersAndTheRemedy() throws IOException {
    var denied = new AccessDeniedException(folder.toString());
    var owner = java.nio.file.Files.getOwner(folder).getName();
    assertThat(FileProblem.describe(denied))
        .startsWith(folder + " cannot be accessed by user " + System.getProperty("user.name"))
        .contains("(it belongs to %s)".formatted(owner), "chown -R");
    assertThat(FileProblem.describe(new AccessDeniedException("/there/is/none")))
        .startsWith("/there/is/none cannot be accessed")
        .endsWith("run Slipway as its owner, or change the owner with chown -R");
  }

  @Test
  void aMissingFileAndAFailureWithoutAMessageAreNamed() {
    assertThat(FileProblem.describe(new NoSuchFileException("/data/lock")))
        .isEqualTo("/data/lock does not exist");
    assertThat(FileProblem.describe(new IllegalStateException())).contains("IllegalStateException");
    assertThat(FileProblem.describe(new IOException("broken pipe"))).isEqualTo("broken pipe");
  }
}
