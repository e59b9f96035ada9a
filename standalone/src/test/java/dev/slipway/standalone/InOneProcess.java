package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.embedded.ChildProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** A simulated Slipway in a process of its own, for tests of other packages. */
public final class InOneProcess {

  private InOneProcess() {}

  /** Starts it and waits until it runs. */
  public static ChildProcess up(int port, Path data, Map<String, String> settings)
      throws IOException {
    var slipway =
        ChildProcess.run(
            settings,
            Standalone.class,
            "--simulated",
            "--port",
            Integer.toString(port),
            "--data",
            data.toString());
    slipway.awaitLine("Slipway runs at");
    return slipway;
  }

  /** Fails with the report unless an audit finds nothing. */
  public static void requireClean(int port, int kafka, Path data) {
    var out = new StringWriter();
    int exitCode =
        AuditCommand.commandLine(
                Map.of(
                    "SLIPWAY_URL", "http://127.0.0.1:" + port,
                    "SLIPWAY_DATA", data.toString(),
                    "SLIPWAY_KAFKA", "127.0.0.1:" + kafka))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(out, true))
            .execute("--no-engines", "--settle", "60");
    assertThat(exitCode).as(out.toString()).isZero();
  }
}
