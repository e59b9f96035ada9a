package dev.slipway.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.docker.discovery.EngineAddress;
import dev.slipway.docker.discovery.EngineProbe;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A client that may not use the socket of the Engine, in a process of an unprivileged user. */
@EnabledOnOs(OS.LINUX)
class DeniedSocketTest {

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  @TempDir Path folder;

  /** Prints what each of the two ways to an Engine reports about each socket. */
  static final class Client {

    public static void main(String[] sockets) {
      for (var socket : sockets) {
        var host = URI.create("unix://" + socket);
        System.out.println(EngineProbe.problem(new EngineAddress(host, null)).orElse("it answers"));
        try (var connection = new EngineConnection(host, null)) {
          System.out.println(connection.version());
        } catch (EngineUnusable denied) {
          System.out.println(denied.reason());
        }
      }
    }
  }

  @Test
  void aDeniedSocketIsReportedWithItsGroupAndWhetherJoiningItHelps() throws Exception {
    assumeThat(!ROOT || Files.isExecutable(SETPRIV)).as("root can become nobody").isTrue();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var ofRoot = listen("root.sock", ROOT ? "rw-------" : "---------");
        var ofGroup = listen("group.sock", ROOT ? "rw-rw----" : "---rw----")) {
      var printed = client(path(ofRoot), path(ofGroup));
      assertThat(printed).hasSize(4).allMatch(line -> line.contains("permission denied; the"));
      assertThat(printed.subList(0, 2))
          .allMatch(line -> line.contains(" and group " + group() + ", and its mode "))
          .allMatch(line -> line.contains("gives the group no access"));
      assertThat(printed.subList(2, 4))
          .allMatch(line -> line.contains("the socket belongs to group " + group() + ": run 'sudo"))
          .allMatch(line -> line.endsWith("and log in again"));
      assertThat(printed.getLast()).startsWith("denies access at unix://" + path(ofGroup));
    }
  }

  private ServerSocketChannel listen(String name, String mode) throws Exception {
    var engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    engine.bind(UnixDomainSocketAddress.of(folder.resolve(name)));
    var permissions = PosixFilePermissions.fromString(mode);
    Files.setPosixFilePermissions(folder.resolve(name), permissions);
    return engine;
  }

  private static String path(ServerSocketChannel engine) throws IOException {
    return engine.getLocalAddress().toString();
  }

  private String group() {
    try {
      return Files.getAttribute(folder, "posix:group").toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private List<String> client(String... sockets) throws Exception {
    var command = new ArrayList<String>();
    if (ROOT) {
      command.addAll(List.of(SETPRIV.toString(), "--reuid=nobody", "--regid=nogroup"));
      command.add("--clear-groups");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", readableClassPath()));
    command.add(Client.class.getName());
    command.addAll(List.of(sockets));
    var process =
        new ProcessBuilder(command)
            .redirectError(folder.resolve("stderr").toFile())
            .directory(folder.toFile())
            .start();
    var printed = new String(process.getInputStream().readAllBytes()).lines().toList();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("stderr"))).isZero();
    return printed;
  }

  /** Links that the other user can read: the home folder of root is closed to it. */
  private String readableClassPath() throws Exception {
    var links = new ArrayList<String>();
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      var link = folder.resolve(links.size() + "-" + Path.of(entry).getFileName());
      if (Files.exists(Path.of(entry))) {
        link(Path.of(entry), link);
        links.add(link.toString());
      }
    }
    return String.join(File.pathSeparator, links);
  }

  private static void link(Path original, Path link) throws IOException {
    try (var files = Files.walk(original)) {
      for (var file : files.toList()) {
        var other = link.resolve(original.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectory(other);
        } else {
          linkOrCopy(file, other);
        }
      }
    }
  }

  private static void linkOrCopy(Path file, Path other) throws IOException {
    try {
      Files.createLink(other, file);
    } catch (IOException | UnsupportedOperationException otherFileSystem) {
      Files.copy(file, other);
    }
  }
}
