package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.embedded.ChildProcess;
import dev.slipway.standalone.embedded.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start does when something is in its way. */
class StandaloneStartTest {

  private static final String ANY = "0";

  @TempDir Path data;

  @Test
  void leavesNoServerBehindWhenItIsStoppedHalfway() throws Exception {
    try (var starting = start(ANY)) {
      starting.awaitLine("PostgreSQL");

      assertThat(starting.terminate()).isEqualTo(128 + 15);
      assertThat(data.resolve("postgres").resolve("PG_VERSION")).exists();
      assertThat(data.resolve("postgres").resolve("postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void refusesAFolderThatAnotherUses() throws Exception {
    try (var first = start(ANY)) {
      first.awaitLine("Slipway starts");
      try (var second = start(ANY)) {
        second.awaitLine("another Slipway uses the data folder");
        assertThat(second.awaitExit()).isEqualTo(1);
      }
      assertThat(first.terminate()).isEqualTo(128 + 15);
    }
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var refused = start(Integer.toString(taken.getLocalPort()))) {
      refused.awaitLine("port %d cannot be listened on".formatted(taken.getLocalPort()));
      assertThat(refused.awaitExit()).isEqualTo(1);
    }
  }

  @Test
  void rehearsesAllItWasToldTo() throws Exception {
    try (var rehearsal = start(ANY, Integer.toString(FreePort.forSlipway()), "--rehearse")) {
      assertThat(rehearsal.awaitLine("Rehearsal")).matches(".*: [1-9]\\d* services.*");
      assertThat(rehearsal.awaitExit()).isZero();
    }
  }

  private ChildProcess start(String kafkaPort) throws IOException {
    return start(kafkaPort, ANY, "--simulated");
  }

  private ChildProcess start(String kafkaPort, String port, String how) throws IOException {
    return ChildProcess.run(
        Map.of("SLIPWAY_KAFKA_PORT", kafkaPort),
        Standalone.class,
        how,
        "--port",
        port,
        "--data",
        data.toString());
  }
}
