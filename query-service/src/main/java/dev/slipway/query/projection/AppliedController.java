package dev.slipway.query.projection;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.api.ReadModel;
import dev.slipway.model.api.ReadModel.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lets a command service of another process wait for the views as one of this process can. */
@RestController
final class AppliedController {

  private static final long LONGEST_WAIT_MS = 10_000;

  private final ReadModel readModel;

  AppliedController(ReadModel readModel) {
    this.readModel = readModel;
  }

  /** Each thing is {@code <uuid>:<version>}, several are separated by commas. */
  @GetMapping("/internal/applied")
  Map<String, Boolean> applied(
      @RequestParam(defaultValue = "") List<String> service,
      @RequestParam(defaultValue = "") List<String> action,
      @RequestParam(defaultValue = "") List<String> node,
      @RequestParam(defaultValue = "") List<String> stack,
      @RequestParam(defaultValue = "0") long wait) {
    var wanted = new ArrayList<ReadModel.Applied>();
    service.forEach(text -> wanted.add(wanted("service", View.SERVICE, text)));
    action.forEach(text -> wanted.add(wanted("action", View.ACTION, text)));
    stack.forEach(text -> wanted.add(wanted("stack", View.STACK, text)));
    node.forEach(text -> wanted.add(wanted("node", View.NODE, text)));
    var atMost = Duration.ofMillis(Math.clamp(wait, 0, LONGEST_WAIT_MS));
    return Map.of("applied", readModel.awaitApplied(wanted, atMost));
  }

  private static ReadModel.Applied wanted(String name, View view, String text) {
    int colon = text.lastIndexOf(':');
    try {
      if (colon > 0) {
        return new ReadModel.Applied(
            view, text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
      }
    } catch (NumberFormatException noVersion) {
      // said below
    }
    throw new InvalidInput(name, "must be like <uuid>:<version>");
  }
}
