package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Connection;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.context.Contexts;
import dev.slipway.cli.output.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code slipway context} and {@code slipway login}: which Slipway is asked, and as whom. */
public final class ContextCommands {

  private static final String NAME = "NAME";
  private static final List<Column> COLUMNS =
      List.of(
          Columns.plain("name", "name"),
          Column.of("current", one -> Json.flag(one, "current") ? "*" : ""),
          Columns.plain("url", "url"),
          Columns.plain("user", "user"),
          Columns.plain("namespace", "namespace"));
  private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(20);

  private ContextCommands() {}

  public static CommandSpec group(Environment around) {
    return Definition.group(
        "context",
        "Names Slipways and chooses the one that commands ask.",
        List.of(list(around), show(around), add(around), use(around), remove(around)));
  }

  private static CommandSpec list(Environment around) {
    return Definition.of(around, "ls", "List contexts.", ContextCommands::list).prints().spec();
  }

  private static int list(Call call) {
    var contexts = call.contexts();
    List<JsonNode> rows = contexts.names().stream().map(name -> row(contexts, name)).toList();
    if (rows.isEmpty() && !call.isJson()) {
      call.screen()
          .note(
              "None. Commands ask the Slipway of this folder; add another with: slipway login --url"
                  + " URL");
      return 0;
    }
    call.screen().list(rows, COLUMNS, call.layout());
    return 0;
  }

  private static JsonNode row(Contexts contexts, String name) {
    var row = Json.object();
    row.put("name", name);
    row.put("current", name.equals(contexts.current()));
    var context = contexts.find(name);
    if (context != null) {
      context.properties().forEach(one -> row.set(one.getKey(), one.getValue()));
    }
    return row;
  }

  private static CommandSpec show(Environment around) {
    return Definition.of(
            around, "show", "Show which Slipway commands ask, and as whom.", ContextCommands::show)
        .prints()
        .spec();
  }

  private static int show(Call call) {
    var connection = call.api().connection();
    var json = Json.object();
    json.put("context", connection.context());
    json.put("url", connection.url());
    json.put("user", connection.user());
    json.put(
        "namespace", connection.namespace() == null ? connection.user() : connection.namespace());
    return Details.print(call, json, List.of(Columns.plain("name", "context")));
  }

  private static CommandSpec add(Environment around) {
    return Definition.of(
            around, "add", "Add a context; log in to it afterwards.", ContextCommands::add)
        .argument(NAME, "Its name.")
        .option("--url", "URL", "Where it is, such as https://slipway.example.org.")
        .option("--user", "USER", "Who asks (admin).")
        .spec();
  }

  private static int add(Call call) {
    var url = call.text("--url");
    if (url == null) {
      throw Failure.usage("say where it is: --url URL");
    }
    call.contexts()
        .put(
            call.argument(0),
            values(url, call.text("--user", "admin"), call.text("--namespace")),
            null);
    call.screen().note("Added. Log in with: slipway login --context " + call.argument(0));
    return 0;
  }

  private static Map<String, String> values(String url, String user, @Nullable String namespace) {
    var values = new HashMap<>(Map.of("url", url, "user", user));
    if (namespace != null) {
      values.put("namespace", namespace);
    }
    return values;
  }

  private static CommandSpec use(Environment around) {
    return Definition.of(
            around, "use", "Choose the context that commands ask.", ContextCommands::use)
        .argument(NAME, "Its name.")
        .spec();
  }

  private static int use(Call call) {
    call.contexts().use(call.argument(0));
    call.screen().note("Commands ask %s now.".formatted(call.argument(0)));
    return 0;
  }

  private static CommandSpec remove(Environment around) {
    return Definition.of(around, "rm", "Forget a context and its key.", ContextCommands::remove)
        .argument(NAME, "Its name.")
        .spec();
  }

  private static int remove(Call call) {
    call.contexts().remove(call.argument(0));
    return 0;
  }

  public static CommandSpec login(Environment around) {
    return Definition.of(
            around,
            "login",
            "Verify an API key and store it for a context.",
            ContextCommands::login)
        .option("--url", "URL", "Where Slipway is; that of the context if not given.")
        .option("--user", "USER", "Who asks.")
        .option(
            "--key-file",
            "FILE",
            "The file with the key; - for the standard input. Else the key is asked for.")
        .footer(
            "", "The key is stored in ~/.config/slipway/credentials.json, which only you can read.")
        .spec();
  }

  private static int login(Call call) {
    var contexts = call.contexts();
    var current = contexts.current();
    var name = call.text("--context", current == null ? "default" : current);
    var known = contexts.find(name);
    var url = call.text("--url", known == null ? "http://127.0.0.1:8080" : Json.text(known, "url"));
    var user = call.text("--user", known == null ? "admin" : Json.text(known, "user"));
    var key = key(call, user, url);
    var connection = new Connection(name, url.replaceAll("/+$", ""), user, key, null);
    var _ =
        new Api(connection, LOGIN_TIMEOUT).get(connection.path("app/v1", "service") + "?limit=1");
    contexts.put(name, values(url, user, call.text("--namespace")), key);
    call.screen().note("Logged in to %s as %s; the context is %s.".formatted(url, user, name));
    return 0;
  }

  private static String key(Call call, String user, String url) {
    var file = call.text("--key-file");
    if (file != null && !file.equals("-")) {
      try {
        return Files.readString(call.environment().folder().resolve(Path.of(file))).strip();
      } catch (IOException failure) {
        throw new Failure(Failure.FAILED, "cannot read the key: " + failure.getMessage());
      }
    }
    var console = System.console();
    if (file == null && call.environment().terminal().input() && console != null) {
      call.screen().flush();
      var typed = console.readPassword("API key of %s at %s: ", user, url);
      return typed == null ? "" : new String(typed).strip();
    }
    var line = call.readLine();
    if (line == null || line.isBlank()) {
      throw Failure.usage("no key was given: type it, or name its file with --key-file");
    }
    return line.strip();
  }
}
