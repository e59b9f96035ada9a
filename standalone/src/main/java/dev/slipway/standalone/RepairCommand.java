package dev.slipway.standalone;

import dev.slipway.standalone.ApiClient.CannotAsk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./slipway repair}: ends that events of a running Slipway wait behind one that is damaged.
 */
@Command(
    name = "slipway repair",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | skip | replace)",
    description = "Lists and repairs events that cannot be published. Slipway must run.",
    footer = {
      "",
      "SLIPWAY_URL, SLIPWAY_USER, SLIPWAY_APIKEY and SLIPWAY_DATA as for apikey. Each repair leaves"
          + " an",
      "action, and the event as it was stays in the table repaired_events."
    })
final class RepairCommand implements Runnable {

  private static final String PATH = "/api/account/v1/repair/";

  private final ApiClient api;

  @Spec private @Nullable CommandSpec spec;

  RepairCommand(ApiClient api) {
    this.api = api;
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return ApiClient.commandLine(new RepairCommand(new ApiClient(environment)));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "slipway: say list, skip or replace");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists parked subjects.")
  int list() {
    parkedLines(api).forEach(this::print);
    return 0;
  }

  @Command(
      name = "skip",
      mixinStandardHelpOptions = true,
      description = "Leaves the event out; see docs/running.md for what that means.")
  int skip(
      @Parameters(paramLabel = "POSITION") long position,
      @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason) {
    return send(body("skip", position, reason));
  }

  @Command(
      name = "replace",
      mixinStandardHelpOptions = true,
      description = "Puts another event in its place.")
  int replace(
      @Parameters(paramLabel = "POSITION") long position,
      @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason,
      @Option(
              names = "--event",
              paramLabel = "FILE",
              required = true,
              description = "the event as JSON")
          Path event,
      @Option(names = "--type", paramLabel = "TYPE", description = "its type (default: as stored)")
          @Nullable String type) {
    var body = body("replace", position, reason);
    try {
      body.put("event", JsonMapper.shared().readTree(Files.readString(event)));
    } catch (IOException | JacksonException unreadable) {
      throw new CannotAsk("%s cannot be read as JSON".formatted(event));
    }
    if (type != null) {
      body.put("type", type);
    }
    return send(body);
  }

  private static Map<String, Object> body(String operation, long position, String reason) {
    return new LinkedHashMap<>(
        Map.of("operation", operation, "position", position, "reason", reason));
  }

  private int send(Map<String, Object> body) {
    var answer = api.send("POST", PATH, JsonMapper.shared().writeValueAsString(body));
    print(answer.path("done").asString() + "; action " + answer.path("action").asString());
    return 0;
  }

  /** A line for each parked subject of a Slipway that runs. */
  static java.util.List<String> parkedLines(ApiClient api) {
    var lines = new java.util.ArrayList<String>();
    for (var one : api.send("POST", PATH, "{\"operation\":\"list\"}").path("objects")) {
      lines.add(
          "parked: %s %s at position %s since %s: %s%s"
              .formatted(
                  one.path("type").asString(),
                  one.path("subject").asString(),
                  one.path("position").asString(),
                  one.path("since").asString(),
                  one.path("reason").asString(),
                  one.path("abandoned").asBoolean() ? " (abandoned)" : ""));
    }
    return lines;
  }

  private void print(String line) {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
