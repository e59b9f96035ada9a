package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import dev.slipway.cli.Write;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code slipway repository} and {@code slipway registry}: logins with which images are pulled. */
public final class RegistryCommands {

  private static final List<Column> COLUMNS =
      List.of(
          Columns.plain("name", "name"),
          Columns.plain("username", "username"),
          Columns.plain("in use", "in_use"),
          Column.of(
              "checked",
              one ->
                  Json.text(one, "not_checked").isEmpty()
                      ? "accepted"
                      : "no: " + Json.text(one, "not_checked")));

  private RegistryCommands() {}

  public static CommandSpec repositories(Environment around) {
    return group(
        around, "repository", "REPOSITORY", "Such as quay.io/me/app; me/app on Docker Hub.");
  }

  public static CommandSpec registries(Environment around) {
    return group(around, "registry", "HOST", "Host and port, such as quay.io.");
  }

  private static CommandSpec group(Environment around, String kind, String label, String about) {
    var list = Definition.of(around, "ls", "List logins.", call -> list(call, kind)).prints();
    var inspect =
        Definition.of(
                around,
                "inspect",
                "Show a login, without its password.",
                call -> Details.print(call, call.api().get(path(call, kind)), List.of()))
            .argument(label, about)
            .prints();
    var remove =
        Definition.of(
                around,
                "rm",
                "Remove a login; running containers stay.",
                call ->
                    new Write("DELETE", path(call, kind), null, call.argument(0), true).run(call))
            .argument(label, about)
            .writes()
            .prints();
    return Definition.group(
        kind,
        "Manages logins for private images: of %s.".formatted(plural(kind)),
        List.of(
            list.spec(),
            setting(around, "register", "Register a login, or replace it.", kind, label, about),
            inspect.spec(),
            setting(around, "update", "Renew a login, such as a token.", kind, label, about),
            remove.spec()));
  }

  private static String plural(String kind) {
    return kind.equals("registry") ? "whole registries" : "repositories";
  }

  private static CommandSpec setting(
      Environment around, String name, String what, String kind, String label, String about) {
    return Definition.of(around, name, what, call -> set(call, name, kind))
        .argument(label, about)
        .option("-u,--username", "NAME", "The name that the registry knows.")
        .option("-p,--password", "TEXT", "The password or token; read from the input if not given.")
        .prints()
        .footer(
            "", "Without --password: slipway %s %s %s -u me < token".formatted(kind, name, label))
        .spec();
  }

  private static String path(Call call, String kind) {
    return call.path("repo/v1", kind) + call.argument(0) + "/";
  }

  private static int list(Call call, String kind) {
    call.screen().list(call.api().all(call.path("repo/v1", kind)), COLUMNS, call.layout());
    return 0;
  }

  private static int set(Call call, String name, String kind) {
    boolean isNew = name.equals("register");
    var body = new HashMap<String, String>();
    if (isNew) {
      body.put(kind.equals("registry") ? "host" : "name", call.argument(0));
    }
    var username = call.text("--username");
    if (username != null) {
      body.put("username", username);
    } else if (isNew) {
      throw Failure.usage("--username is required");
    }
    body.put("password", password(call));
    var path = isNew ? call.path("repo/v1", kind) : path(call, kind);
    var answer = call.api().send(isNew ? "POST" : "PATCH", path, Json.object(body), Map.of());
    return show(call, call.api().require(answer).json());
  }

  private static int show(Call call, JsonNode login) {
    if (call.isJson()) {
      call.screen().json(login);
      return 0;
    }
    call.screen().print(Json.text(login, "name"));
    var reason = Json.text(login, "not_checked");
    if (!reason.isEmpty()) {
      call.screen().note("Registered; the registry was not asked whether it accepts it: " + reason);
    }
    return 0;
  }

  private static String password(Call call) {
    var given = call.text("--password");
    var password = given == null ? call.readLine() : given;
    if (password == null || password.isBlank()) {
      throw Failure.usage("give the password with --password, or in the first line of the input");
    }
    return password;
  }
}
