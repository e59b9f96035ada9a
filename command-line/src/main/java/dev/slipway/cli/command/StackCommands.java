package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Finder;
import dev.slipway.cli.Write;
import dev.slipway.cli.api.Json;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code slipway stack} and {@code slipway deploy}. */
public final class StackCommands {

  static final String STACK = "STACK";

  private StackCommands() {}

  public static CommandSpec group(Environment around) {
    return Definition.group(
        "stack",
        "Deploys, lists and changes stacks.",
        List.of(
            list(around),
            show(around),
            export(around),
            DeployCommand.spec(around, "deploy"),
            DeployCommand.plan(around),
            work(around, "start", "Start all services, in the order of depends_on."),
            work(around, "stop", "Stop all services."),
            work(around, "redeploy", "Replace the containers of all services."),
            history(around),
            diff(around),
            restore(around),
            remove(around)));
  }

  public static CommandSpec deploy(Environment around) {
    return DeployCommand.spec(around, "deploy");
  }

  static String path(Call call) {
    return call.path("app/v1", "stack");
  }

  static String path(Call call, String name) {
    return Finder.stacks(call.api()).path(name);
  }

  private static CommandSpec list(Environment around) {
    return Lists.options(
            Definition.of(
                around,
                "ls",
                "List stacks.",
                call -> Lists.print(call, path(call), List.of(), Columns.stacks())))
        .spec();
  }

  private static CommandSpec show(Environment around) {
    var spec =
        Definition.of(around, "show", "Show a stack and its services.", StackCommands::show)
            .argument(STACK, ServiceCommands.NAMED)
            .prints()
            .spec();
    spec.aliases("inspect");
    return spec;
  }

  private static int show(Call call) {
    var stack = call.api().get(path(call, call.argument(0)));
    if (call.isJson()) {
      call.screen().json(stack);
      return 0;
    }
    call.screen()
        .note(
            "stack %s is %s"
                .formatted(
                    Json.text(stack, "name"),
                    Json.text(stack, "state").toLowerCase(java.util.Locale.ROOT)));
    var services = new ArrayList<JsonNode>();
    Json.list(stack, "services").forEach(uri -> services.add(call.api().get(Json.text(uri))));
    call.screen().list(services, Columns.services(_ -> Json.text(stack, "name")), call.layout());
    return 0;
  }

  private static CommandSpec export(Environment around) {
    return Definition.of(
            around,
            "export",
            "Print a stack as a stackfile; it is JSON, which is YAML too.",
            StackCommands::export)
        .argument(STACK, ServiceCommands.NAMED)
        .spec();
  }

  private static int export(Call call) {
    call.screen().json(call.api().get(path(call, call.argument(0)) + "export/"));
    return 0;
  }

  private static CommandSpec work(Environment around, String verb, String description) {
    return Definition.of(
            around,
            verb,
            description,
            call ->
                new Write(
                        "POST",
                        path(call, call.argument(0)) + verb + "/",
                        null,
                        "stack " + call.argument(0),
                        false)
                    .run(call))
        .argument(STACK, ServiceCommands.NAMED)
        .writes()
        .prints()
        .spec();
  }

  private static CommandSpec history(Environment around) {
    return Definition.of(
            around,
            "history",
            "List the versions of a stack, newest first.",
            HistoryCommand::ofStack)
        .argument(STACK, ServiceCommands.NAMED)
        .option("--limit", "N", "How many events (20).")
        .prints()
        .spec();
  }

  private static CommandSpec restore(Environment around) {
    return Definition.of(
            around, "restore", "Set a stack back to an earlier version.", StackCommands::restore)
        .argument(STACK, ServiceCommands.NAMED)
        .option("--to", "VERSION", "The version to go back to; slipway stack history lists them.")
        .flag("--prune", "Terminate services that the version does not have.")
        .flag("--redeploy", "Redeploy afterwards, so that containers are as the version says.")
        .writes()
        .prints()
        .spec();
  }

  private static int restore(Call call) {
    var to = HistoryCommand.target(call, "slipway stack history");
    var path = path(call, call.argument(0));
    var query =
        "version=%d%s"
            .formatted(Call.number("--to", to), call.flag("--prune") ? "&prune=true" : "");
    return HistoryCommand.restore(call, path, query, "stack " + call.argument(0));
  }

  private static CommandSpec diff(Environment around) {
    return Definition.of(
            around, "diff", "Show what differs between two versions.", StackCommands::diff)
        .argument(STACK, ServiceCommands.NAMED)
        .argument("FROM", "A version; slipway stack history lists them.")
        .optionalArgument("TO", "The same; now if not given.")
        .prints()
        .spec();
  }

  private static int diff(Call call) {
    return DiffCommand.print(
        call, path(call, call.argument(0)), call.argument(1), call.optionalArgument(2));
  }

  private static CommandSpec remove(Environment around) {
    var spec =
        Definition.of(
                around,
                "rm",
                "Terminate a stack and its services for good, with their containers and volumes.",
                call ->
                    new Write(
                            "DELETE",
                            path(call, call.argument(0)),
                            null,
                            "stack " + call.argument(0),
                            true)
                        .run(call))
            .argument(STACK, ServiceCommands.NAMED)
            .writes()
            .prints()
            .spec();
    spec.aliases("terminate");
    return spec;
  }
}
