package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.compose.StackFile;
import dev.slipway.cli.compose.StackFileReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code slipway deploy}: brings a stack to what a stackfile or a Compose file says. */
final class DeployCommand {

  private static final List<String> FILES =
      List.of(
          "compose.yaml",
          "compose.yml",
          "docker-compose.yaml",
          "docker-compose.yml",
          "docker-cloud.yml",
          "tutum.yml",
          "stackfile.yml");

  private DeployCommand() {}

  static CommandSpec spec(Environment around, String name) {
    return files(
            Definition.of(
                around,
                name,
                "Bring a stack to what a stackfile or a Compose file says.",
                DeployCommand::run))
        .flag("--prune", "Terminate services of the stack that are not in the file.")
        .flag("--no-start", "Only change the definition: start and redeploy nothing.")
        .writes()
        .footer(
            "",
            "The file is a stackfile, docker-compose.yml or compose.yaml; what has no equivalent is"
                + " named.")
        .spec();
  }

  static CommandSpec plan(Environment around) {
    return files(
            Definition.of(
                around, "plan", "Show what a deploy of a file would change.", DeployCommand::plan))
        .flag("--prune", "As deploy --prune does.")
        .flag("--exit-code", "End with 8 if something would change.")
        .spec();
  }

  private static Definition files(Definition definition) {
    return definition
        .optionalArgument(
            "STACK", "Name of the stack; that of the file or of its folder if not given.")
        .option("-f,--file", "FILE", "The file; else compose.yaml and its like in this folder.")
        .options("--profile", "NAME", "Services of this profile too; may be repeated. * for all.")
        .option("--env-file", "FILE", "Variables of the file; .env beside it if not given.")
        .option("-o,--output", "FORMAT", "How to print a plan: table or json.");
  }

  private static int run(Call call) {
    var file = file(call);
    var read = read(call, file);
    return new Deployment(call, name(call, read, file), read).run();
  }

  private static int plan(Call call) {
    var file = file(call);
    var read = read(call, file);
    return new Deployment(call, name(call, read, file), read).plan();
  }

  private static Path file(Call call) {
    var folder = call.environment().folder();
    var given = call.text("--file");
    if (given != null) {
      return folder.resolve(given);
    }
    return FILES.stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "no file to deploy here: name it with -f FILE",
                    "Looked for " + String.join(", ", FILES)));
  }

  private static StackFile read(Call call, Path file) {
    var environmentFile = call.text("--env-file");
    var read =
        new StackFileReader(
                call.environment().variables(),
                profiles(call),
                environmentFile == null
                    ? null
                    : call.environment().folder().resolve(environmentFile))
            .read(file);
    read.notes().forEach(note -> call.screen().note("  ! " + note));
    return read;
  }

  private static Set<String> profiles(Call call) {
    var profiles = new HashSet<>(call.texts("--profile"));
    @Nullable String set = call.environment().variable("COMPOSE_PROFILES");
    if (set != null) {
      profiles.addAll(List.of(set.split(",", -1)));
    }
    return profiles;
  }

  /** The name that is given, that of the file, or that of its folder. */
  private static String name(Call call, StackFile read, Path file) {
    var given = call.optionalArgument(0);
    if (given != null) {
      return given;
    }
    if (!read.name().isEmpty()) {
      return read.name();
    }
    var folder = file.toAbsolutePath().normalize().getParent();
    var last =
        folder == null || folder.getFileName() == null ? "stack" : folder.getFileName().toString();
    var name =
        last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    return name.isEmpty() ? "stack" : name;
  }

  static String services(StackFile file) {
    return String.join(
        ", ", file.services().valueStream().map(one -> Json.text(one, "name")).toList());
  }
}
