package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import dev.slipway.cli.Finder;
import dev.slipway.cli.Write;
import dev.slipway.cli.api.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** Commands that change services. */
final class ServiceWrites {

  private ServiceWrites() {}

  static List<CommandSpec> specs(Environment around) {
    return List.of(
        create(around),
        set(around),
        work(around, "start", "Start a service.", false),
        work(around, "stop", "Stop all containers of a service.", false),
        scale(around),
        redeploy(around),
        remove(around),
        plan(around));
  }

  private static CommandSpec create(Environment around) {
    return ServiceOptions.add(
            Definition.of(
                    around,
                    "create",
                    "Create a service; --start starts it too.",
                    ServiceWrites::create)
                .argument("IMAGE", "Image and tag, such as demo/hello:latest.")
                .option("--name", "NAME", "Name; that of the image if not given.")
                .flag("--start", "Start it at once.")
                .writes()
                .prints())
        .spec();
  }

  private static int create(Call call) {
    var body = ServiceOptions.body(call);
    body.put("image", call.argument(0));
    var name = call.text("--name");
    if (name != null) {
      body.put("name", name);
    }
    var subject = "service " + (name == null ? call.argument(0) : name);
    var write = new Write("POST", ServiceCommands.path(call), body, subject, false);
    if (call.flag("--dry-run")) {
      return write.run(call);
    }
    var created = write.send(call, null).json();
    if (!call.flag("--start")) {
      if (call.isJson()) {
        call.screen().json(created);
      } else {
        call.screen().print(Json.text(created, "name"));
        call.screen().note("Start it with: slipway service start " + Json.text(created, "name"));
      }
      return 0;
    }
    var path = Json.text(created, "resource_uri") + "start/";
    return new Write("POST", path, null, "service " + Json.text(created, "name"), false).run(call);
  }

  private static CommandSpec set(Environment around) {
    return ServiceOptions.add(
            Definition.of(
                    around,
                    "set",
                    "Change attributes of a service; containers follow with --redeploy.",
                    ServiceWrites::set)
                .argument(ServiceCommands.SERVICE, ServiceCommands.NAMED)
                .option("--image", "IMAGE", "Image and tag.")
                .flag("--redeploy", "Redeploy afterwards, so that containers have the changes.")
                .writes()
                .prints())
        .spec();
  }

  private static int set(Call call) {
    var path = path(call);
    var body = ServiceOptions.body(call);
    var image = call.text("--image");
    if (image != null) {
      body.put("image", image);
    }
    ServiceOptions.keepOtherVariables(call, body, path);
    if (body.isEmpty()) {
      throw Failure.usage(
          "say what to change, such as --image, --env or --set", "See: slipway service set --help");
    }
    var subject = "service " + call.argument(0);
    int code = new Write("PATCH", path, body, subject, false).run(call);
    if (code == 0 && call.flag("--redeploy") && !call.flag("--dry-run")) {
      return new Write("POST", path + "redeploy/", null, subject, false).run(call);
    }
    if (code == 0 && !call.flag("--dry-run")) {
      call.screen().note("Containers follow with: slipway service redeploy " + call.argument(0));
    }
    return code;
  }

  private static CommandSpec work(
      Environment around, String verb, String description, boolean careful) {
    return Definition.of(around, verb, description, call -> each(call, verb, careful))
        .arguments(ServiceCommands.SERVICE, ServiceCommands.NAMED, 1)
        .writes()
        .prints()
        .spec();
  }

  private static int each(Call call, String verb, boolean careful) {
    int code = 0;
    for (var name : call.arguments(0)) {
      var path = Finder.services(call.api()).path(name) + verb + "/";
      code = Math.max(code, new Write("POST", path, null, "service " + name, careful).run(call));
    }
    return code;
  }

  private static CommandSpec scale(Environment around) {
    return Definition.of(
            around, "scale", "Bring a service to so many containers.", ServiceWrites::scale)
        .argument(ServiceCommands.SERVICE, ServiceCommands.NAMED)
        .argument("NUMBER", "How many containers.")
        .writes()
        .prints()
        .spec();
  }

  /**
   * The number is set, and then applied. The preview is of the number alone on servers that plan no
   * PATCH.
   */
  private static int scale(Call call) {
    int number = Call.number("NUMBER", call.argument(1));
    var path = path(call);
    var subject = "service " + call.argument(0);
    var body = Json.object(Map.of("target_num_containers", number));
    var change = new Write("PATCH", path, body, subject, false);
    if (call.flag("--dry-run")) {
      return change.run(call);
    }
    boolean fewer = number < Json.number(call.api().get(path), "current_num_containers");
    if (!call.flag("--yes")
        && fewer
        && !Confirmation.ask(call, "%s loses containers".formatted(subject))) {
      return Failure.FAILED;
    }
    var _ = change.send(call, null);
    return new Write("POST", path + "scale/", null, subject, false).sendAndWait(call);
  }

  private static CommandSpec redeploy(Environment around) {
    return Definition.of(
            around, "redeploy", "Replace the containers of a service.", ServiceWrites::redeploy)
        .arguments(ServiceCommands.SERVICE, ServiceCommands.NAMED, 1)
        .flag("--new-volumes", "Begin with empty volumes; the data of the old ones is erased.")
        .writes()
        .prints()
        .spec();
  }

  private static int redeploy(Call call) {
    boolean erases = call.flag("--new-volumes");
    int code = 0;
    for (var name : call.arguments(0)) {
      var path =
          Finder.services(call.api()).path(name)
              + "redeploy/"
              + (erases ? "?reuse_volumes=false" : "");
      code = Math.max(code, new Write("POST", path, null, "service " + name, erases).run(call));
    }
    return code;
  }

  private static CommandSpec remove(Environment around) {
    var spec =
        Definition.of(
                around,
                "rm",
                "Terminate services for good, with their containers and volumes.",
                ServiceWrites::remove)
            .arguments(ServiceCommands.SERVICE, ServiceCommands.NAMED, 1)
            .writes()
            .prints()
            .spec();
    spec.aliases("terminate");
    return spec;
  }

  private static int remove(Call call) {
    int code = 0;
    for (var name : call.arguments(0)) {
      var path = Finder.services(call.api()).path(name);
      code = Math.max(code, new Write("DELETE", path, null, "service " + name, true).run(call));
    }
    return code;
  }

  private static CommandSpec plan(Environment around) {
    return Definition.of(
            around,
            "plan",
            "Show what a start, stop, scale, redeploy or rm would do.",
            ServiceWrites::plan)
        .argument("WORK", "start, stop, scale, redeploy or rm.")
        .argument(ServiceCommands.SERVICE, ServiceCommands.NAMED)
        .flag("--exit-code", "End with 8 if something would change.")
        .prints()
        .spec();
  }

  private static int plan(Call call) {
    var work = call.argument(0);
    if (Stream.of("start", "stop", "scale", "redeploy", "rm").noneMatch(work::equals)) {
      throw Failure.usage(
          "WORK must be start, stop, scale, redeploy or rm (got \"%s\")".formatted(work));
    }
    var path = Finder.services(call.api()).path(call.argument(1));
    boolean removes = work.equals("rm");
    @Nullable JsonNode body = null;
    var write =
        new Write(
            removes ? "DELETE" : "POST",
            removes ? path : path + work + "/",
            body,
            "service " + call.argument(1),
            false);
    return write.plan(call);
  }

  private static String path(Call call) {
    return Finder.services(call.api()).path(call.argument(0));
  }
}
