package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import dev.slipway.cli.Finder;
import dev.slipway.cli.Write;
import dev.slipway.cli.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code slipway node}. */
public final class NodeCommands {

  private static final String NODE = "NODE";
  private static final String NAMED = "Name, uuid or its beginning.";

  private NodeCommands() {}

  public static CommandSpec group(Environment around) {
    var commands = new ArrayList<CommandSpec>();
    commands.add(list(around));
    commands.add(show(around));
    commands.add(tag(around));
    commands.add(
        work(around, "drain", "Move everything off nodes, and place nothing there any more."));
    commands.add(work(around, "undrain", "Let nodes take containers again."));
    commands.add(remove(around));
    commands.add(token(around));
    commands.addAll(UnownedCommands.all(around));
    return Definition.group("node", "Lists, tags, drains and removes nodes.", commands);
  }

  private static CommandSpec list(Environment around) {
    return Lists.options(
            Definition.of(
                around,
                "ls",
                "List nodes.",
                call ->
                    Lists.print(call, call.path("infra/v1", "node"), List.of(), Columns.nodes())))
        .spec();
  }

  private static CommandSpec show(Environment around) {
    var spec =
        Definition.of(
                around,
                "show",
                "Show a node.",
                call ->
                    Details.print(
                        call, call.api().get(path(call, call.argument(0))), Columns.nodes()))
            .argument(NODE, NAMED)
            .prints()
            .spec();
    spec.aliases("inspect");
    return spec;
  }

  private static String path(Call call, String name) {
    return Finder.nodes(call.api()).path(name);
  }

  private static CommandSpec tag(Environment around) {
    return Definition.of(around, "tag", "Add tags to a node, or remove them.", NodeCommands::tag)
        .argument(NODE, NAMED)
        .arguments("TAG", "Tags to add; those with a - behind them are removed, such as db-.", 1)
        .writes()
        .prints()
        .spec();
  }

  private static int tag(Call call) {
    var path = path(call, call.argument(0));
    var tags = new ArrayList<String>();
    Json.list(call.api().get(path), "tags").stream()
        .filter(tag -> !Json.text(tag, "origin").equals("tutum"))
        .forEach(tag -> tags.add(Json.text(tag, "name")));
    for (var tag : call.arguments(1)) {
      if (tag.endsWith("-") && tag.length() > 1) {
        tags.remove(tag.substring(0, tag.length() - 1));
      } else if (!tags.contains(tag)) {
        tags.add(tag);
      }
    }
    var body = Json.object(Map.of("tags", tags.stream().map(tag -> Map.of("name", tag)).toList()));
    return new Write("PATCH", path, body, "node " + call.argument(0), false).run(call);
  }

  private static CommandSpec work(Environment around, String verb, String description) {
    return Definition.of(around, verb, description, call -> each(call, verb))
        .arguments(NODE, NAMED, 1)
        .writes()
        .prints()
        .spec();
  }

  private static int each(Call call, String verb) {
    int code = 0;
    for (var name : call.arguments(0)) {
      code =
          Math.max(
              code,
              new Write("POST", path(call, name) + verb + "/", null, "node " + name, false)
                  .run(call));
    }
    return code;
  }

  private static CommandSpec remove(Environment around) {
    var spec =
        Definition.of(around, "rm", "Take a node out for good.", NodeCommands::remove)
            .argument(NODE, NAMED)
            .flag("--force", "Even if it has containers: they are given up with it.")
            .writes()
            .prints()
            .spec();
    spec.aliases("terminate");
    return spec;
  }

  private static int remove(Call call) {
    var path = path(call, call.argument(0)) + (call.flag("--force") ? "?force=true" : "");
    return new Write("DELETE", path, null, "node " + call.argument(0), true).run(call);
  }

  private static CommandSpec token(Environment around) {
    return Definition.of(
            around,
            "token",
            "Make a token that lets new nodes into the namespace.",
            NodeCommands::token)
        .prints()
        .spec();
  }

  private static int token(Call call) {
    var answer = call.api().send("POST", call.path("infra/v1", "token"), Json.object(), Map.of());
    var token = call.api().require(answer).json();
    if (call.isJson()) {
      call.screen().json(token);
      return 0;
    }
    var text = Json.text(token, "token");
    if (text.isEmpty()) {
      throw new Failure(Failure.FAILED, "the server gives no token");
    }
    call.screen().print(text);
    call.screen()
        .note(
            "Start the node's agent with it: SLIPWAY_NODE_TOKEN=… slipway agent. It is not shown"
                + " again.");
    return 0;
  }
}
