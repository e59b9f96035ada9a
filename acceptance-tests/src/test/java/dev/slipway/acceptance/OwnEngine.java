package dev.slipway.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real Engine of the test's own, in a network of its own as on a host of its own: it may be
 * killed and held up. Linux and root only.
 */
final class OwnEngine implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final int number;
  private final Path folder;
  private Process process;

  private OwnEngine(int number, Path folder) {
    this.number = number;
    this.folder = folder;
  }

  /** The Engine with the test's image in it. */
  static OwnEngine start(Path parent) throws Exception {
    int number = takeNetwork();
    var engine = new OwnEngine(number, Files.createDirectories(parent.resolve("e" + number)));
    Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
    run(
        "ip",
        "link",
        "add",
        "sw" + number,
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        engine.network());
    run("ip", "addr", "add", "10.98.%d.1/30".formatted(number), "dev", "sw" + number);
    run("ip", "link", "set", "sw" + number, "up");
    run(
        "ip",
        "-n",
        engine.network(),
        "addr",
        "add",
        "10.98.%d.2/30".formatted(number),
        "dev",
        "eth0");
    run("ip", "-n", engine.network(), "link", "set", "lo", "up");
    run("ip", "-n", engine.network(), "link", "set", "eth0", "up");
    run(
        "ip",
        "-n",
        engine.network(),
        "route",
        "add",
        "default",
        "via",
        "10.98.%d.1".formatted(number));
    letThrough("-I", engine);
    Files.writeString(
        engine.folder.resolve("daemon.json"),
        "{\"deprecated-key-path\":\"%s/key.json\"}".formatted(engine.folder));
    engine.up();
    var image = parent.resolve("image.tar");
    if (!Files.exists(image)) {
      run("docker", "save", Engine.IMAGE, "-o", image.toString());
    }
    engine.docker("load", "-q", "-i", image.toString());
    return engine;
  }

  /** Hosts reach each other, whatever the Engine of this machine lets through. */
  private static void letThrough(String change, OwnEngine engine) throws Exception {
    for (var way : List.of("-i", "-o")) {
      run("iptables", "-w", change, "FORWARD", way, "sw" + engine.number, "-j", "ACCEPT");
    }
  }

  /** Where it is reached from other hosts. */
  String address() {
    return "10.98.%d.2".formatted(number);
  }

  /** Making the network tells whether somebody else has taken the number. */
  private static int takeNetwork() throws Exception {
    for (int number = 100; number < 250; number++) {
      if (exitCode("ip", "netns", "add", "slipway-test-" + number) == 0) {
        return number;
      }
    }
    throw new IllegalStateException("no network for an Engine of the test's own");
  }

  private String network() {
    return "slipway-test-" + number;
  }

  Path socket() {
    return folder.resolve("docker.sock");
  }

  String host() {
    return "unix://" + socket();
  }

  /** Starts it, again if need be. */
  void up() throws IOException {
    Files.deleteIfExists(folder.resolve("docker.pid"));
    Files.deleteIfExists(folder.resolve("exec/containerd/containerd.pid"));
    process =
        new ProcessBuilder(
                "nsenter",
                "--net=/var/run/netns/" + network(),
                "dockerd",
                "--data-root",
                folder + "/data",
                "--exec-root",
                folder + "/exec",
                "--pidfile",
                folder + "/docker.pid",
                "-H",
                host(),
                "--bip",
                "172.29.%d.1/24".formatted(number),
                "--cgroup-parent",
                "/slipway-test-" + number,
                "--config-file",
                folder + "/daemon.json")
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("dockerd.log").toFile()))
            .start();
    await()
        .atMost(LONGEST_START)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> exitCode("docker", "-H", host(), "version") == 0);
  }

  /** It goes without a goodbye; its containers go when it comes back. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    boolean _ = process.waitFor(30, TimeUnit.SECONDS);
  }

  void hang() throws Exception {
    run("kill", "-STOP", Long.toString(process.pid()));
  }

  void goOn() throws Exception {
    run("kill", "-CONT", Long.toString(process.pid()));
  }

  /** What somebody types at this host. */
  String docker(String... arguments) throws Exception {
    var command = new java.util.ArrayList<>(List.of("docker", "-H", host()));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  List<String> ids(String... filters) throws Exception {
    var arguments = new java.util.ArrayList<>(List.of("ps", "-aq", "--no-trunc"));
    for (var filter : filters) {
      arguments.addAll(List.of("--filter", filter));
    }
    return docker(arguments.toArray(String[]::new)).lines().toList();
  }

  static String run(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var printed = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + printed);
    }
    return printed;
  }

  private static int exitCode(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  /** Of an Engine that could not end them itself: what runs containers outlives it. */
  private void endLeftovers() {
    ProcessHandle.allProcesses()
        .filter(one -> one.info().commandLine().orElse("").contains(folder.toString()))
        .filter(one -> one.info().command().orElse("").contains("containerd-shim"))
        .forEach(
            shim -> {
              shim.children().forEach(ProcessHandle::destroyForcibly);
              shim.destroyForcibly();
            });
  }

  @Override
  public synchronized void close() {
    try {
      if (process == null) {
        return;
      }
      if (process.isAlive()) {
        goOn();
        for (var id : ids()) {
          docker("rm", "-f", id);
        }
        process.destroy();
        boolean _ = process.waitFor(30, TimeUnit.SECONDS);
      }
      process = null;
      endLeftovers();
      letThrough("-D", this);
      exitCode("ip", "link", "del", "sw" + number);
      exitCode("ip", "netns", "del", network());
      for (var mount : Files.readAllLines(Path.of("/proc/mounts"))) {
        var at = mount.split(" ")[1];
        if (at.startsWith(folder.toString())) {
          exitCode("umount", "-l", at);
        }
      }
      exitCode("rm", "-rf", folder.toString());
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
