package dev.slipway.benchmarks;

import dev.slipway.benchmarks.measure.Machine;
import dev.slipway.benchmarks.measure.Report;
import dev.slipway.benchmarks.measure.Rounds;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.EngineApi;
import dev.slipway.benchmarks.processes.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway bench}: measures, and says what was promised and whether it holds. */
@Command(
    name = "slipway bench",
    mixinStandardHelpOptions = true,
    description = "Measures Slipway beside a peer and the limit, in the same run.",
    footer = {
      "",
      "Workloads: starts, commands, reads, freshness, replay, placement, logs, footprint, growth,",
      "scale; all of them if none is named. docs/benchmarks.md says what each does."
    })
final class Benchmarks implements Callable<Integer> {

  private static final Map<String, Workload> WORKLOADS = workloads();

  @Parameters(paramLabel = "workload", description = "what to measure")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "(${DEFAULT-VALUE})")
  private int rounds;

  @Option(names = "--quick", description = "shorter and smaller: to see whether it works")
  private boolean quick;

  @Option(names = "--long", description = "with 100,000 services where they grow")
  private boolean large;

  @Option(names = "--write-docs", description = "puts the table into docs/benchmarks.md")
  private boolean writeDocs;

  private final List<String> notes = new ArrayList<>();
  private boolean failed;

  private static Map<String, Workload> workloads() {
    var workloads = new LinkedHashMap<String, Workload>();
    workloads.put("starts", new Starts());
    workloads.put("commands", new DurableCommands());
    workloads.put("reads", new Reads());
    workloads.put("freshness", new Freshness());
    workloads.put("replay", new Replay());
    workloads.put("placement", new Placements());
    workloads.put("logs", new LogLines());
    workloads.put("footprint", new Footprint());
    workloads.put("growth", new Growth());
    workloads.put("scale", new Scale());
    return workloads;
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    var unknown = names.stream().filter(name -> !WORKLOADS.containsKey(name)).toList();
    if (!unknown.isEmpty()) {
      say("There is no workload %s; there are %s".formatted(unknown, WORKLOADS.keySet()));
      return 2;
    }
    double load = Machine.load();
    var rows = new ArrayList<Row>();
    for (var name : names.isEmpty() ? WORKLOADS.keySet() : names) {
      rows.addAll(measured(name));
    }
    notes.add("Load average after the run: %.1f".formatted(Machine.load()));
    write(new Report(Machine.describe(load, rounds), rows, notes));
    return failed ? 1 : 0;
  }

  private List<Row> measured(String name) throws IOException {
    var folder = Files.createTempDirectory("slipway-bench-" + name);
    var engine = new EngineApi().answers();
    say(
        "%s begins%s"
            .formatted(name, engine ? "" : "; no Docker Engine answers, so without peers"));
    try {
      return Objects.requireNonNull(WORKLOADS.get(name))
          .measure(
              new Workload.Run(new Rounds(rounds, Benchmarks::say), quick, large, folder, engine));
    } catch (Exception failure) {
      failed = true;
      notes.add("**%s is void**: %s".formatted(name, failure));
      say("%s is void:".formatted(name));
      failure.printStackTrace(System.err);
      return List.of();
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private void write(Report report) throws IOException {
    var target = Program.root().resolve("target/benchmarks");
    Files.createDirectories(target);
    var name = names.isEmpty() ? "all" : String.join("-", names);
    Files.writeString(target.resolve(name + ".json"), report.json());
    Files.writeString(target.resolve(name + ".md"), report.markdown());
    System.out.println(report.markdown());
    say("Written to target/benchmarks/%s.md and .json".formatted(name));
    if (writeDocs) {
      Docs.put(Program.root().resolve("docs/benchmarks.md"), name, report.markdown());
    }
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
