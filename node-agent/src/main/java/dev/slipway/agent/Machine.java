package dev.slipway.agent;

import dev.slipway.model.Uuids;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that this process runs on. */
final class Machine {

  private Machine() {}

  /** A uuid derived from the machine's own id, or from its name where it has none. */
  static String id() {
    return Uuids.derived("machine/" + name());
  }

  private static String name() {
    try {
      return Files.readString(Path.of("/etc/machine-id")).strip();
    } catch (IOException none) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (IOException unknown) {
        return "localhost";
      }
    }
  }
}
