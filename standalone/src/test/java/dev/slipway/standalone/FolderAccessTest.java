package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderAccessTest {

  @TempDir Path parent;

  @Test
  void makesANewFolderForItsOwnUser() throws Exception {
    assertThat(new FolderAccess(folder(), false).close()).isEmpty();
    assertThat(permissions(folder())).isEqualTo("rwx------");
  }

  @Test
  void closesAnOpenFolderAndItsEntriesAndReportsIt() throws Exception {
    Files.createDirectory(folder());
    open(folder(), "rwxr-xr-x");
    open(Files.createDirectory(folder().resolve("programs")), "rwxrwxrwx");
    open(Files.createFile(folder().resolve("slipway.log")), "rw-rw-r--");

    assertThat(new FolderAccess(folder(), false).close())
        .hasValue(
            "Closed the data folder %s to other users: it was rwxr-xr-x, and 2 entries in it were open"
                .formatted(folder()));
    assertThat(permissions(folder())).isEqualTo("rwx------");
    assertThat(permissions(folder().resolve("programs"))).isEqualTo("rwx------");
    assertThat(permissions(folder().resolve("slipway.log"))).isEqualTo("rw-------");
    assertThat(new FolderAccess(folder(), false).close()).isEmpty();
  }

  @Test
  void keepsThePassageOfPostgresUserToItsPrograms() throws Exception {
    Files.createDirectory(folder());
    open(folder(), "rwxr-x--x");
    open(Files.createDirectory(folder().resolve("programs")), "rwxr-xr-x");

    assertThat(new FolderAccess(folder(), true).close()).isPresent();
    assertThat(permissions(folder())).isEqualTo("rwx--x---");
    assertThat(permissions(folder().resolve("programs"))).isEqualTo("rwxr-xr-x");
    assertThat(new FolderAccess(folder(), true).close()).isEmpty();
  }

  @Test
  void refusesAFolderOfAnotherUser() throws Exception {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    Files.createDirectory(folder());
    var users = folder().getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(folder(), users.lookupPrincipalByName("nobody"));

    assertThatThrownBy(() -> new FolderAccess(folder(), false).close())
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("must belong to root")
        .hasMessageContaining("it belongs to nobody");
  }

  private Path folder() {
    return parent.resolve("data");
  }

  private static void open(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
