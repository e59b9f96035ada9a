package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import dev.slipway.cli.Write;
import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code slipway account}: users, organisations, API keys, policies and quotas. */
public final class AccountCommands {

  private static final String ROOT = "/api/account/v1/";
  private static final String ORGANISATION = "ORGANISATION";
  private static final String WHOSE = "Whose; of others for the administrator only.";

  private AccountCommands() {}

  public static CommandSpec group(Environment around) {
    return Definition.group(
        "account",
        "Manages users, organisations, API keys, policies and quotas.",
        List.of(
            named(around, "user", "users"),
            named(around, "org", "organisations"),
            member(around),
            key(around),
            settings(around, "policy", "what services of a namespace may ask of hosts"),
            settings(around, "quota", "how much a namespace may have")));
  }

  private static String path(String kind) {
    return ROOT + (kind.equals("org") ? "organisation" : kind) + "/";
  }

  private static CommandSpec named(Environment around, String kind, String plural) {
    var columns = List.of(Columns.plain("name", "name"), Columns.plain("created", "created"));
    var list =
        Definition.of(
                around, "ls", "List %s.".formatted(plural), call -> list(call, path(kind), columns))
            .prints();
    var add =
        Definition.of(
                around,
                "add",
                "Make one.",
                call -> send(call, path(kind), Map.of("name", call.argument(0))))
            .argument("NAME", "2 to 32 of a-z, 0-9, _ and -.")
            .prints();
    var remove =
        Definition.of(
                around,
                "rm",
                "Delete one for good.",
                call -> remove(call, path(kind) + Api.encode(call.argument(0)) + "/"))
            .argument("NAME", "Its name.")
            .writes()
            .prints();
    return Definition.group(
        kind, "Manages %s.".formatted(plural), List.of(list.spec(), add.spec(), remove.spec()));
  }

  private static int list(Call call, String path, List<Column> columns) {
    call.screen().list(call.api().all(path), columns, call.layout());
    return 0;
  }

  private static int send(Call call, String path, Map<String, String> body) {
    var answer =
        call.api().require(call.api().send("POST", path, Json.object(body), Map.of())).json();
    if (call.isJson()) {
      call.screen().json(answer);
    } else {
      call.screen().print(Json.first(answer, "apikey", "name", "user", "uuid"));
    }
    return 0;
  }

  private static int remove(Call call, String path) {
    return new Write("DELETE", path, null, call.argument(0), true).run(call);
  }

  private static CommandSpec member(Environment around) {
    return Definition.group(
        "member",
        "Manages the members of an organisation.",
        List.of(members(around), addMember(around), removeMember(around)));
  }

  private static CommandSpec members(Environment around) {
    var columns = List.of(Columns.plain("user", "user"), Columns.plain("role", "role"));
    return Definition.of(around, "ls", "List members.", call -> list(call, members(call), columns))
        .argument(ORGANISATION, "Its name.")
        .prints()
        .spec();
  }

  private static CommandSpec addMember(Environment around) {
    return Definition.of(
            around,
            "add",
            "Add a user, or change its role.",
            call ->
                send(
                    call,
                    members(call),
                    Map.of("user", call.argument(1), "role", call.argument(2))))
        .argument(ORGANISATION, "Its name.")
        .argument("USER", "The user's name.")
        .argument("ROLE", "reader, operator or admin.")
        .prints()
        .spec();
  }

  private static CommandSpec removeMember(Environment around) {
    return Definition.of(
            around,
            "rm",
            "Remove a user.",
            call -> remove(call, members(call) + Api.encode(call.argument(1)) + "/"))
        .argument(ORGANISATION, "Its name.")
        .argument("USER", "The user's name.")
        .writes()
        .prints()
        .spec();
  }

  private static String members(Call call) {
    return path("org") + Api.encode(call.argument(0)) + "/member/";
  }

  private static CommandSpec key(Environment around) {
    return Definition.group(
        "key", "Manages API keys.", List.of(keys(around), addKey(around), removeKey(around)));
  }

  private static CommandSpec keys(Environment around) {
    var columns =
        List.of(
            Columns.plain("uuid", "uuid"),
            Column.of(
                "role", one -> Json.text(one, "role").isEmpty() ? "all" : Json.text(one, "role")),
            Columns.plain("created", "created"),
            Columns.plain("label", "label"));
    return Definition.of(
            around, "ls", "List keys.", call -> list(call, path("apikey") + ofUser(call), columns))
        .option("--user", "USER", WHOSE)
        .prints()
        .spec();
  }

  private static CommandSpec addKey(Environment around) {
    return Definition.of(
            around, "add", "Make a key and print it, this once.", AccountCommands::addKey)
        .option("--user", "USER", WHOSE)
        .option("--label", "TEXT", "What it is for.")
        .option("--role", "ROLE", "What its holder may do at most: reader, operator or admin.")
        .prints()
        .spec();
  }

  private static CommandSpec removeKey(Environment around) {
    return Definition.of(
            around,
            "rm",
            "Revoke a key, at once and for good.",
            call ->
                remove(call, path("apikey") + Api.encode(call.argument(0)) + "/" + ofUser(call)))
        .option("--user", "USER", WHOSE)
        .argument("UUID", "Of the key.")
        .writes()
        .prints()
        .spec();
  }

  private static int addKey(Call call) {
    var body = new HashMap<String, String>();
    for (var name : List.of("label", "role")) {
      var value = call.text("--" + name);
      if (value != null) {
        body.put(name, value);
      }
    }
    return send(call, path("apikey") + ofUser(call), body);
  }

  private static String ofUser(Call call) {
    var user = call.text("--user");
    return user == null ? "" : "?user=" + Api.encode(user);
  }

  private static CommandSpec settings(Environment around, String kind, String what) {
    return Definition.group(
        kind,
        "Shows and changes %s.".formatted(what),
        List.of(
            Definition.of(
                    around,
                    "show",
                    "Show %s.".formatted(what),
                    call ->
                        Details.print(
                            call,
                            call.api().get(path(kind) + Api.encode(call.argument(0)) + "/"),
                            List.of()))
                .argument("NAMESPACE", "Its name.")
                .prints()
                .spec(),
            Definition.of(around, "set", "Change %s.".formatted(what), call -> set(call, kind))
                .argument("NAMESPACE", "Its name.")
                .arguments("KEY=VALUE", "What to set; null for the setting of the server.", 1)
                .prints()
                .spec()));
  }

  private static int set(Call call, String kind) {
    var body = Json.object();
    for (var pair : call.arguments(1)) {
      var words = pair.split("=", 2);
      if (words.length < 2) {
        throw Failure.usage("what to set must be KEY=VALUE (got \"%s\")".formatted(pair));
      }
      body.set(words[0], ServiceOptions.json(words[1]));
    }
    var path = path(kind) + Api.encode(call.argument(0)) + "/";
    return Details.print(
        call, call.api().require(call.api().send("PATCH", path, body, Map.of())).json(), List.of());
  }
}
