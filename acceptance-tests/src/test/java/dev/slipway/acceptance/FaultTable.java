package dev.slipway.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the runs of this process have shown of each fault, as docs/faults.md tells it. */
final class FaultTable {

  private record Run(double seconds, int violations) {}

  private static final Map<String, List<Run>> RUNS = new TreeMap<>();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static String random = "";

  private FaultTable() {}

  static synchronized void add(String fault, Install.Recovery recovery) {
    RUNS.computeIfAbsent(fault, _ -> new ArrayList<>())
        .add(new Run(recovery.took().toMillis() / 1000.0, recovery.violations()));
  }

  /** Says of the random run what the table cannot. */
  static synchronized void remark(String text) {
    random = text;
  }

  /** In the build's folder always; in the documents if that is asked for. */
  static synchronized void write() throws IOException {
    var text = text();
    Files.writeString(Files.createDirectories(Path.of("target")).resolve("faults.md"), text);
    if (Boolean.getBoolean("faults.record")) {
      Files.writeString(ROOT.resolve("docs/faults.md"), text);
    }
  }

  private static String text() {
    var text = new StringBuilder();
    text.append(
        """
        # Faults

        What was broken, how often, what of the promises I3 to I7 did not hold when all was quiet again, and
        how long that took: from the end of the fault until an audit (`./slipway audit`) finds nothing under way
        and nothing wrong. Two hosts, each a real Engine and an agent of its own; I3 is looked at four times a
        second meanwhile. Written by the tests: `./slipway test -Dfaults.times=%s -Dfaults.rounds=%s
        -Dfaults.record=true`.

        | fault | runs | violations | recovery, median | longest |
        | --- | --- | --- | --- | --- |
        """
            .formatted(
                System.getProperty("faults.times", "0"), System.getProperty("faults.rounds", "3")));
    RUNS.forEach(
        (fault, runs) -> {
          var seconds = runs.stream().mapToDouble(Run::seconds).sorted().toArray();
          text.append(
              "| %s | %d | %d | %.1f s | %.1f s |%n"
                  .formatted(
                      fault,
                      runs.size(),
                      runs.stream().mapToInt(Run::violations).sum(),
                      seconds[seconds.length / 2],
                      seconds[seconds.length - 1]));
        });
    return text + (random.isEmpty() ? "" : "\n" + random + "\n");
  }
}
