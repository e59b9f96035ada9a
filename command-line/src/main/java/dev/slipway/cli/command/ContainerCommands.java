package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Finder;
import dev.slipway.cli.Write;
import dev.slipway.cli.api.Api;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code slipway container}. */
public final class ContainerCommands {

  private static final String CONTAINER = "CONTAINER";

  private ContainerCommands() {}

  public static CommandSpec group(Environment around) {
    return Definition.group(
        "container",
        "Lists and changes single containers.",
        List.of(
            list(around),
            show(around),
            LogsCommand.spec(around),
            ExecCommand.spec(around),
            work(around, "start", "Start containers."),
            work(around, "stop", "Stop containers."),
            work(around, "redeploy", "Replace containers."),
            remove(around)));
  }

  private static CommandSpec list(Environment around) {
    return Lists.options(Definition.of(around, "ls", "List containers.", ContainerCommands::list))
        .option("--service", "NAME", "Only those of this service.")
        .option("--stack", "NAME", "Only those of this stack.")
        .option("--node", "NAME", "Only those on this node.")
        .spec();
  }

  private static int list(Call call) {
    var filters = new ArrayList<String>();
    var service = call.text("--service");
    if (service != null) {
      filters.add("service=" + Api.encode(Finder.services(call.api()).path(service)));
    }
    var stack = call.text("--stack");
    if (stack != null) {
      filters.add("service__stack__name=" + Api.encode(stack));
    }
    var node = call.text("--node");
    if (node != null) {
      filters.add("node=" + Api.encode(Finder.nodes(call.api()).path(node)));
    }
    return Lists.print(
        call,
        call.path("app/v1", "container"),
        filters,
        Columns.containers(call, Names.nodes(call)::of));
  }

  private static CommandSpec show(Environment around) {
    var spec =
        Definition.of(
                around,
                "show",
                "Show a container.",
                call ->
                    Details.print(
                        call,
                        call.api().get(path(call, call.argument(0))),
                        Columns.containers(call, Names.nodes(call)::of)))
            .argument(CONTAINER, ServiceCommands.NAMED)
            .prints()
            .spec();
    spec.aliases("inspect");
    return spec;
  }

  private static String path(Call call, String name) {
    return Finder.containers(call.api()).path(name);
  }

  private static CommandSpec work(Environment around, String verb, String description) {
    return Definition.of(around, verb, description, call -> each(call, "POST", verb + "/", false))
        .arguments(CONTAINER, ServiceCommands.NAMED, 1)
        .writes()
        .prints()
        .spec();
  }

  private static CommandSpec remove(Environment around) {
    var spec =
        Definition.of(
                around,
                "rm",
                "Terminate containers for good.",
                call -> each(call, "DELETE", "", true))
            .arguments(CONTAINER, ServiceCommands.NAMED, 1)
            .writes()
            .prints()
            .spec();
    spec.aliases("terminate");
    return spec;
  }

  private static int each(Call call, String method, String verb, boolean careful) {
    int code = 0;
    for (var name : call.arguments(0)) {
      var write = new Write(method, path(call, name) + verb, null, "container " + name, careful);
      code = Math.max(code, write.run(call));
    }
    return code;
  }
}
