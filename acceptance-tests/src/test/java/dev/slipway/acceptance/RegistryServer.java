package dev.slipway.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Debian's docker-registry on loopback, which lets in one user with a password. */
final class RegistryServer implements AutoCloseable {

  static final String USER = "me";
  static final String PASSWORD = "p4ssw0rd-of-a-registry";

  /** By {@code htpasswd -Bbn}. */
  private static final String HASH = "$2y$05$1uZ4KvmKK3abLEffiuJIduHxg3N/aIYZxXRyZSUad0xnypz1G83Xu";

  private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

  private final Process process;
  private final int port;

  private RegistryServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Skips the test where the program is missing, unless it is required. */
  static RegistryServer start(Path folder) throws IOException {
    if (!Files.isExecutable(PROGRAM) && System.getenv("SLIPWAY_REQUIRE_REGISTRY") == null) {
      assumeTrue(false, "there is no " + PROGRAM + "; it is in Debian's package docker-registry");
    }
    int port = Program.freePort();
    Files.writeString(folder.resolve("htpasswd"), USER + ":" + HASH + "\n");
    var settings = Files.writeString(folder.resolve("registry.yml"), settings(folder, port));
    var process =
        new ProcessBuilder(PROGRAM.toString(), "serve", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("registry.txt").toFile())
            .start();
    var server = new RegistryServer(process, port);
    await().atMost(Duration.ofSeconds(30)).until(() -> process.isAlive() && server.answers());
    return server;
  }

  private static String settings(Path folder, int port) {
    return """
    version: 0.1
    log:
      accesslog:
        disabled: false
    storage:
      filesystem:
        rootdirectory: %s
    http:
      addr: 127.0.0.1:%d
    auth:
      htpasswd:
        realm: slipway-test
        path: %s
    """
        .formatted(folder.resolve("images"), port, folder.resolve("htpasswd"));
  }

  private boolean answers() {
    try (var _ = new Socket("127.0.0.1", port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  String host() {
    return "127.0.0.1:" + port;
  }

  /** Pushes the image of the tests, and removes it from the Engine again. */
  void push(Engine engine, String repository, String tag) throws InterruptedException {
    var name = host() + "/" + repository;
    var docker = engine.client();
    docker.tagImageCmd(Engine.IMAGE, name, tag).exec();
    docker
        .pushImageCmd(name)
        .withTag(tag)
        .withAuthConfig(
            new AuthConfig().withUsername(USER).withPassword(PASSWORD).withRegistryAddress(host()))
        .start()
        .awaitCompletion();
    docker.removeImageCmd(name + ":" + tag).exec();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
