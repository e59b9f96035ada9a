package dev.slipway.standalone;

import dev.slipway.standalone.backup.BackupProblem;
import dev.slipway.standalone.backup.Backups;
import dev.slipway.standalone.backup.Backups.Summary;
import dev.slipway.standalone.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./slipway backup}: one file with all that an installation needs to come back. */
@Command(
    name = "slipway backup",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(create | verify | restore) FILE",
    description = "Makes, verifies and restores backups.",
    footer = {
      "",
      "SLIPWAY_POSTGRES names a PostgreSQL of your own; otherwise the one of the data folder is"
          + " used,",
      "whether Slipway runs or not. docs/backup.md tells what a backup has and what it does not."
    })
final class BackupCommand implements Runnable {

  /** What an empty data folder may have: files that starting it leaves. */
  private static final Set<String> HARMLESS =
      Set.of("lock", "programs", "slipway.log", RestoreMark.NAME);

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:SLIPWAY_DATA:-.slipway}",
      description = "the data folder (${DEFAULT-VALUE})")
  private Path data = Path.of(".slipway");

  BackupCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new BackupCommand(environment))
        .setExecutionExceptionHandler(
            (failure, line, _) -> {
              if (!(failure instanceof BackupProblem || failure instanceof CannotStart)) {
                throw failure;
              }
              line.getErr().println("slipway: " + failure.getMessage());
              return 1;
            });
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "slipway: say create, verify or restore");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Writes a backup, also while Slipway runs.")
  int create(@Parameters(paramLabel = "FILE") Path file) {
    var target = file.toAbsolutePath();
    var summary =
        withDatabase(folder(), false, url -> Backups.create(url, folder(), environment, target));
    print("Backup written to %s", target, summary);
    return 0;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Reads a backup and checks that it is whole.")
  int verify(@Parameters(paramLabel = "FILE") Path file) {
    print("%s is whole", file, Backups.verify(file));
    return 0;
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = {
        "Restores a backup into a data folder that is empty or not there yet, and into its"
            + " database",
        "or the empty one that SLIPWAY_POSTGRES names. `slipway up` then finds all of it."
      })
  int restore(@Parameters(paramLabel = "FILE") Path file) throws IOException {
    var summary = Backups.verify(file);
    requireEmpty();
    var mark = new RestoreMark(folder());
    mark.set();
    var _ =
        withDatabase(
            folder(),
            true,
            url -> {
              Backups.restoreDatabase(file, url);
              Backups.restoreFiles(file, folder());
              return summary;
            });
    mark.clear();
    print("Restored into %s", folder(), summary);
    return 0;
  }

  private Path folder() {
    return data.toAbsolutePath().normalize();
  }

  private void requireEmpty() {
    if (!Files.exists(folder())) {
      return;
    }
    try (var files = Files.list(folder())) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> !HARMLESS.contains(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw new BackupProblem(
                    "%s is not empty (it has %s); choose another folder with --data"
                        .formatted(folder(), name));
              });
    } catch (IOException failure) {
      throw new BackupProblem("%s cannot be read: %s".formatted(folder(), failure.getMessage()));
    }
  }

  /** Asks the server that is named, the one that runs, or one that is started for it. */
  private Summary withDatabase(Path folder, boolean mayBeNew, Function<String, Summary> work) {
    var named = environment.get("SLIPWAY_POSTGRES");
    if (named != null && !named.isBlank()) {
      return work.apply(named);
    }
    if (!mayBeNew && !Files.exists(folder.resolve("postgres"))) {
      throw new BackupProblem(
          "%s has no database; choose another folder with --data, or name one in SLIPWAY_POSTGRES"
              .formatted(folder));
    }
    var running = EmbeddedDatabase.urlOfRunning(folder.resolve("postgres"));
    if (running.isPresent()) {
      return work.apply(running.get());
    }
    try (var _ = DataFolder.take(folder);
        var database =
            EmbeddedDatabase.start(
                folder.resolve("postgres"),
                folder.resolve("programs"),
                folder.resolve("postgres.log"))) {
      return work.apply(database.jdbcUrl());
    }
  }

  private void print(String what, Path path, Summary summary) {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(what.formatted(path));
    out.println(
        "  installation %s, made %s: %d events, %d files"
            .formatted(
                summary.installation(), summary.created(), summary.events(), summary.files()));
    out.flush();
  }
}
