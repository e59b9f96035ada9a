package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code slipway version}: the versions of the command line and of the server. */
public final class VersionCommand {

  private VersionCommand() {}

  public static CommandSpec spec(Environment around) {
    return Definition.of(
            around,
            "version",
            "Show the versions of this program and of the server.",
            VersionCommand::run)
        .flag("--client", "This program's alone; no server is asked.")
        .option("-o,--output", "FORMAT", "How to print: table or json.")
        .spec();
  }

  /** For {@code --version}. */
  public static String[] lines(Environment around) {
    return new String[] {"slipway " + own()};
  }

  static String own() {
    var version = VersionCommand.class.getPackage().getImplementationVersion();
    return version == null ? System.getProperty("slipway.version", "development") : version;
  }

  private static int run(Call call) {
    var server = call.flag("--client") ? "" : server(call);
    if (call.isJson()) {
      var json = Json.object();
      json.put("client", own());
      json.put("server", server);
      call.screen().json(json);
    } else {
      call.screen().print("client  " + own());
      if (!server.isEmpty()) {
        call.screen().print("server  " + server);
      }
    }
    return 0;
  }

  /** A server that is away or older is no failure of this command. */
  private static String server(Call call) {
    try {
      var answer = call.api().send("GET", "/version", null, Map.of());
      var version = Json.text(answer.json(), "version");
      return version.isEmpty() ? "unknown: it is older than this program" : version;
    } catch (Failure away) {
      call.screen().note("No server: " + away.text());
      return "";
    }
  }
}
