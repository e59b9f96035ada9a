package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import dev.slipway.cli.Finder;
import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Terminal;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** {@code slipway exec}: runs a command in a container. */
final class ExecCommand {

  private ExecCommand() {}

  static CommandSpec spec(Environment around) {
    return Definition.of(
            around,
            "exec",
            "Run a command in a container, or in the first running container of a service.",
            ExecCommand::run)
        .flag("-i,--interactive", "Pass on what is typed.")
        .flag("-t,--tty", "Use this terminal as it is: every key goes to the command.")
        .argument("CONTAINER|SERVICE", ServiceCommands.NAMED)
        .arguments("COMMAND", "The command and its arguments; sh if not given.", 0)
        .stopsAtArguments()
        .footer("", "Ends with the exit code of the command.")
        .spec();
  }

  private static int run(Call call) {
    var words = call.arguments(1);
    var given =
        words.isEmpty() || !words.getFirst().equals("--") ? words : words.subList(1, words.size());
    var command =
        given.isEmpty()
            ? "sh"
            : given.stream().map(ExecCommand::quoted).collect(Collectors.joining(" "));
    boolean raw = call.flag("--tty") && call.environment().terminal().input();
    if (call.flag("--tty") && !raw) {
      call.screen().note("slipway: the input is no terminal, so that -t has no effect");
    }
    int[] size = call.environment().terminal().output() ? Terminal.size() : new int[] {24, 80};
    var path =
        "%sexec/?command=%s&w=%d&h=%d"
            .formatted(
                container(call),
                Api.encode(command),
                Math.min(1_000, size[1]),
                Math.min(1_000, size[0]));
    var session = new ExecSession(call, call.flag("--interactive") || call.flag("--tty"), raw);
    return session.run(path);
  }

  /** A word as a shell reads it back. */
  static String quoted(String word) {
    if (word.matches("[A-Za-z0-9_@%+=:,./-]+")) {
      return word;
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String container(Call call) {
    var name = call.argument(0);
    try {
      return Finder.containers(call.api()).path(name, true);
    } catch (Failure none) {
      if (none.code() != Failure.NOT_FOUND) {
        throw none;
      }
      return ofService(call, name, none);
    }
  }

  private static String ofService(Call call, String name, Failure none) {
    try {
      var service = Finder.services(call.api()).find(name);
      var uri = Json.text(service, "resource_uri");
      var running =
          call.api()
              .all(call.path("app/v1", "container") + "?state=Running&service=" + Api.encode(uri));
      if (running.isEmpty()) {
        throw new Failure(
            Failure.CONFLICT,
            "no container of %s runs".formatted(Json.text(service, "name")),
            "Ask why with: slipway why " + name);
      }
      return Json.text(running.getFirst(), "resource_uri");
    } catch (Failure failure) {
      throw failure.code() == Failure.NOT_FOUND ? none : failure;
    }
  }
}
