package dev.slipway.cli;

import dev.slipway.cli.command.AccountCommands;
import dev.slipway.cli.command.ActionCommands;
import dev.slipway.cli.command.CompletionCommand;
import dev.slipway.cli.command.ContainerCommands;
import dev.slipway.cli.command.ContextCommands;
import dev.slipway.cli.command.EventsCommand;
import dev.slipway.cli.command.NodeCommands;
import dev.slipway.cli.command.ReferenceCommand;
import dev.slipway.cli.command.RegistryCommands;
import dev.slipway.cli.command.ServiceCommands;
import dev.slipway.cli.command.StackCommands;
import dev.slipway.cli.command.TopCommand;
import dev.slipway.cli.command.VersionCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** All commands. Only those that the arguments name are built: a start needs one of them. */
public final class CommandTree {

  /** Commands that stand at the top beside their place in a group. */
  private static final List<String> SERVICE_SHORTCUTS =
      List.of("why", "history", "diff", "restore", "logs", "exec");

  private final Map<String, Supplier<CommandSpec>> commands = new LinkedHashMap<>();
  private final Environment environment;

  public CommandTree(Environment environment) {
    this.environment = environment;
    commands.put("service", () -> ServiceCommands.group(environment));
    commands.put("stack", () -> StackCommands.group(environment));
    commands.put("deploy", () -> StackCommands.deploy(environment));
    commands.put("container", () -> ContainerCommands.group(environment));
    commands.put("node", () -> NodeCommands.group(environment));
    commands.put("action", () -> ActionCommands.group(environment));
    SERVICE_SHORTCUTS.forEach(
        name -> commands.put(name, () -> ServiceCommands.shortcut(environment, name)));
    commands.put("ps", () -> ServiceCommands.ps(environment, "ps"));
    commands.put("events", () -> EventsCommand.spec(environment));
    commands.put("top", () -> TopCommand.spec(environment));
    commands.put("repository", () -> RegistryCommands.repositories(environment));
    commands.put("registry", () -> RegistryCommands.registries(environment));
    commands.put("account", () -> AccountCommands.group(environment));
    commands.put("context", () -> ContextCommands.group(environment));
    commands.put("login", () -> ContextCommands.login(environment));
    commands.put("completion", () -> CompletionCommand.spec(environment));
    commands.put("version", () -> VersionCommand.spec(environment));
    commands.put("__complete", () -> CompletionCommand.candidates(environment));
    commands.put("__reference", () -> ReferenceCommand.spec(environment));
  }

  /** The tree as far as these arguments need it. */
  public CommandSpec forArguments(List<String> arguments) {
    if (!arguments.isEmpty() && commands.containsKey(arguments.getFirst())) {
      return root(List.of(arguments.getFirst()));
    }
    return root(List.copyOf(commands.keySet()));
  }

  public CommandSpec whole() {
    return root(List.copyOf(commands.keySet()));
  }

  /** Names that a word could have meant where it stands. */
  List<String> names(List<String> arguments, String word) {
    var spec = whole();
    for (var argument : arguments.subList(0, Math.max(0, arguments.indexOf(word)))) {
      var next = spec.subcommands().get(argument);
      if (next == null) {
        return List.of();
      }
      spec = next.getCommandSpec();
    }
    return spec.subcommands().entrySet().stream()
        .filter(one -> !one.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .toList();
  }

  private CommandSpec root(List<String> names) {
    var specs = new ArrayList<CommandSpec>();
    commands.forEach(
        (name, command) -> {
          if (names.contains(name)) {
            specs.add(command.get());
          }
        });
    var root =
        Definition.group(
            "slipway",
            "Runs services on your own Docker Engines, explains them and takes changes back.",
            specs);
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Show the version.")
            .build());
    root.versionProvider(() -> VersionCommand.lines(environment));
    root.usageMessage()
        .footer(
            "",
            "Also: up, agent, apikey, backup, audit, test and bench; see slipway help.",
            "Resources are named by name, name.stack, uuid or the beginning of a uuid.",
            "Exit codes: 0 success, 1 failed, 2 wrong use, 3 not found, 4 forbidden,",
            "5 conflict, 6 unreachable, 7 timed out, 8 the plan has changes.");
    return root;
  }
}
