package dev.slipway.standalone;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./slipway apikey}: API keys of a Slipway that runs. */
@Command(
    name = "slipway apikey",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(create | list | revoke)",
    description = "Makes, lists and revokes API keys of a Slipway that runs.",
    footer = {
      "",
      "SLIPWAY_URL says where it runs (http://127.0.0.1:8080). Who asks is SLIPWAY_USER (admin) with",
      "SLIPWAY_APIKEY, or with the key in the file apikey of the data folder (SLIPWAY_DATA, .slipway)."
    })
final class ApiKeyCommand implements Runnable {

  private static final String KEYS = "/api/account/v1/apikey/";

  private final ApiClient api;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--user",
      paramLabel = "USER",
      scope = ScopeType.INHERIT,
      description = "whose keys; of others for the administrator only")
  private @Nullable String user;

  ApiKeyCommand(ApiClient api) {
    this.api = api;
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return ApiClient.commandLine(new ApiKeyCommand(new ApiClient(environment)));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "slipway: say create, list or revoke");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes a key and prints it, this once.")
  int create(
      @Option(names = "--label", paramLabel = "TEXT", description = "what it is for")
          @Nullable String label,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              description = "what its holder may do at most: reader, operator or admin")
          @Nullable String role) {
    var body = new HashMap<String, String>();
    if (label != null) {
      body.put("label", label);
    }
    if (role != null) {
      body.put("role", role);
    }
    var key = api.send("POST", path(""), JsonMapper.shared().writeValueAsString(body));
    out().println(key.path("apikey").asString());
    out().flush();
    err()
        .println(
            "API key %s of %s; it is not shown again"
                .formatted(key.path("uuid").asString(), key.path("user").asString()));
    return 0;
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists keys.")
  int list() {
    var form = "%-36s  %-8s  %-31s  %s%n";
    out().printf(form, "UUID", "ROLE", "CREATED", "LABEL");
    for (var key : api.send("GET", path(""), "").path("objects")) {
      out()
          .printf(
              form,
              key.path("uuid").asString(),
              key.path("role").asString("all"),
              key.path("created").asString(),
              key.path("label").asString());
    }
    out().flush();
    return 0;
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Ends a key, at once and for good.")
  int revoke(@Parameters(paramLabel = "UUID", description = "of the key") String uuid) {
    var _ = api.send("DELETE", path(encoded(uuid) + "/"), "");
    err().println("API key %s is revoked".formatted(uuid));
    return 0;
  }

  private String path(String key) {
    return KEYS + key + (user == null ? "" : "?user=" + encoded(user));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}
