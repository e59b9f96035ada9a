package dev.slipway.benchmarks;

import dev.slipway.benchmarks.measure.Machine;
import dev.slipway.benchmarks.measure.Report;
import dev.slipway.benchmarks.measure.Rounds;
import dev.slipway.benchmarks.processes.EngineApi;
import dev.slipway.benchmarks.processes.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
      "Workloads: starts, networks, commands, reads, freshness, replay, placement, logs, footprint,",
      "growth, scale; all of them if none is named. docs/benchmarks.md says what each does."
    })
final class Benchmarks implements Callable<Integer> {

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

  @Option(names = "--write-docs", description = "puts what was measured into docs/benchmarks.md")
  private boolean writeDocs;

  @Option(
      names = "--engine",
      paramLabel = "HOST|NAME",
      defaultValue = "",
      description =
          "another Engine than that of this machine; its figures get a section of their own")
  private String otherEngine = "";

  private final List<Report> reports = new ArrayList<>();
  private final EngineApi engine = new EngineApi();
  private final List<String> voids = new ArrayList<>();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    var unknown = names.stream().filter(name -> !Workloads.names().contains(name)).toList();
    if (!unknown.isEmpty()) {
      say("There is no workload %s; there are %s".formatted(unknown, Workloads.names()));
      return 2;
    }
    var chosen = List.copyOf(names.isEmpty() ? Workloads.names() : new LinkedHashSet<>(names));
    say("This takes about %s.".formatted(minutes(chosen)));
    for (var name : chosen) {
      if (Workloads.named(name).needsContainers() && !(engine.answers() && engine.hasImage())) {
        say("%s is left out: it needs a Docker Engine with the test image".formatted(name));
      } else {
        measure(name);
      }
    }
    reports.forEach(report -> System.out.println(report.markdown()));
    voids.forEach(System.out::println);
    return voids.isEmpty() ? 0 : 1;
  }

  private String minutes(List<String> chosen) {
    long minutes = Workloads.minutes(chosen, rounds, quick, large);
    return minutes == 1 ? "a minute" : minutes + " minutes";
  }

  private void measure(String name) throws IOException {
    say("%s begins, and takes about %s".formatted(name, minutes(List.of(name))));
    var folder = Files.createTempDirectory("slipway-bench-" + name);
    try {
      write(measured(name, folder), pictures(folder));
    } catch (Exception failure) {
      voids.add("**%s is void**: %s".formatted(name, failure));
      say("%s is void:".formatted(name));
      failure.printStackTrace(System.err);
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private Report measured(String name, Path folder) throws Exception {
    double load = Machine.load();
    var peers = engine.answers();
    var notes = new ArrayList<String>();
    if (!peers) {
      notes.add("No Docker Engine answered, so peers that need one were left out.");
      say(notes.getFirst());
    }
    var turns = new Rounds(rounds, Benchmarks::say);
    var run = new Workload.Run(turns, quick, large, folder, peers, Benchmarks::say, notes::add);
    var rows = Workloads.named(name).measure(run);
    var title = otherEngine.isEmpty() ? name : "%s on %s".formatted(name, engine.release());
    return new Report(title, conditions(name, load), rows, notes);
  }

  private String conditions(String name, double loadBefore) {
    return String.format(
        Locale.ROOT,
        "%s%s; load average %.1f before and %.1f after; %d rounds%s%s.",
        Machine.describe(),
        Workloads.named(name).needsContainers() ? "; " + engine.description() : "",
        loadBefore,
        Machine.load(),
        rounds,
        quick ? ", --quick" : "",
        large ? ", --long" : "");
  }

  private static Path target() {
    return Program.root().resolve("target/benchmarks");
  }

  private static List<Path> pictures(Path folder) throws IOException {
    var pictures = folder.resolve(Workload.PICTURES);
    if (Files.notExists(pictures)) {
      return List.of();
    }
    try (var files = Files.list(pictures)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private void write(Report report, List<Path> pictures) throws IOException {
    reports.add(report);
    var file = Files.createDirectories(target()).resolve(report.workload());
    Files.writeString(Path.of(file + ".json"), report.json());
    Files.writeString(Path.of(file + ".md"), report.markdown());
    for (var picture : pictures) {
      Files.write(target().resolve(picture.getFileName()), Files.readAllBytes(picture));
    }
    say("Written to target/benchmarks/%s.md and .json".formatted(report.workload()));
    if (writeDocs) {
      Docs.put(Program.root().resolve("docs/benchmarks.md"), report, pictures);
    }
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
