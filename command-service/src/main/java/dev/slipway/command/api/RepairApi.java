package dev.slipway.command.api;

import dev.slipway.command.messaging.Commands;
import dev.slipway.command.publishing.LogRepair;
import dev.slipway.command.publishing.LogRepair.Operator;
import dev.slipway.command.publishing.ParkedSubjects.Parked;
import dev.slipway.command.service.RefusedActions.RecordSuccess;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Uuids;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.wire.Wire;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists and repairs events that cannot be published. For the administrator alone; each repair
 * leaves an action. Listing is a POST too: behind an edge, GET goes to the query service.
 */
@RestController
@RequestMapping("/api/account/v1/repair")
final class RepairApi {

  private static final String URI = "/api/account/v1/repair/";
  private static final UnknownKeys KNOWN =
      UnknownKeys.of(Set.of("operation", "position", "reason", "type", "event"), Set.of());

  private final LogRepair repair;
  private final Commands commands;

  RepairApi(LogRepair repair, Commands commands) {
    this.repair = repair;
    this.commands = commands;
  }

  @PostMapping
  ResponseEntity<?> repair(Caller caller, HttpServletRequest request) {
    if (!caller.account().administrator()) {
      throw new ApiFailure(HttpStatus.FORBIDDEN, "only the administrator may repair the log");
    }
    var read = RequestBody.read(request);
    var warnings = read.unknown(KNOWN);
    StrictFlag.of(request).check(warnings);
    var answer = ResponseEntity.ok();
    Warnings.write(answer, warnings);
    return answer.body(repaired(read.json(), caller));
  }

  private Map<String, Object> repaired(Map<String, @Nullable Object> body, Caller caller) {
    var operation = text(body, "operation");
    if (operation.equals("list")) {
      return Map.of("objects", repair.parked().stream().map(RepairApi::shown).toList());
    }
    var position = position(body);
    var operator = new Operator(caller.user(), text(body, "reason"));
    var done =
        switch (operation) {
          case "skip" -> repair.skip(position, operator);
          case "replace" ->
              repair.replace(position, (String) body.get("type"), event(body), operator);
          default -> throw new InvalidInput("operation", "must be list, skip or replace");
        };
    return Map.of("done", done, "action", record(caller, operation, position, operator));
  }

  private static Map<String, Object> shown(Parked one) {
    return Map.of(
        "subject", one.subject(),
        "type", one.aggregate(),
        "position", one.position(),
        "sequence", one.sequence(),
        "reason", one.reason(),
        "since", one.since().toString(),
        "abandoned", one.abandoned());
  }

  private String record(Caller caller, String operation, long position, Operator operator) {
    var body = Map.of("operation", operation, "position", position, "reason", operator.reason());
    var asked =
        new Asked(
            new ActionId(Uuids.random()),
            new ActionRequest(
                caller.namespace(),
                "Log Repair",
                URI,
                caller.method(),
                caller.path(),
                Wire.MAPPER.writeValueAsString(body),
                caller.origin()));
    commands.send(new RecordSuccess(asked), asked.action(), "repair");
    return asked.action().value();
  }

  private static long position(Map<String, @Nullable Object> body) {
    return switch (body.get("position")) {
      case Integer number -> number;
      case Long number -> number;
      case null, default -> throw new InvalidInput("position", "must be a whole number");
    };
  }

  private static String text(Map<String, @Nullable Object> body, String field) {
    if (body.get(field) instanceof String text && !text.isBlank() && text.length() <= 1_000) {
      return text;
    }
    throw new InvalidInput(field, "must be text of 1 to 1000 characters");
  }

  private static String event(Map<String, @Nullable Object> body) {
    if (body.get("event") instanceof Map<?, ?> event) {
      return Wire.MAPPER.writeValueAsString(event);
    }
    throw new InvalidInput("event", "must be an object");
  }
}
