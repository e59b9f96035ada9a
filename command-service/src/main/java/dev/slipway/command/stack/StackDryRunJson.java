package dev.slipway.command.stack;

import dev.slipway.command.api.PlanJson;
import dev.slipway.command.service.DryRuns.Foreseen;
import dev.slipway.command.service.Plan;
import dev.slipway.command.service.Plan.Entry;
import dev.slipway.command.stack.StackDryRuns.Part;
import dev.slipway.model.api.DefinitionChanges;
import dev.slipway.model.api.StackResource;
import dev.slipway.model.api.VisibleEvent;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.OperationCommand;
import dev.slipway.model.service.ServiceCommand.StopService;
import dev.slipway.model.service.ServiceCommand.TerminateService;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceEvent.AttributesSet;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.Stack;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.wire.Wire;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dry run of a stack as the API shows it.
 *
 * @param kept services that a file does not name and that stay
 */
record StackDryRunJson(PlanJson plans, Set<ServiceId> kept) {

  /** The JSON of the services so far. */
  private static final class Shown {

    private final List<Map<String, @Nullable Object>> services = new ArrayList<>();
    private final List<Map<String, @Nullable Object>> steps = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<ServiceId, Service> present = new LinkedHashMap<>();
    private final Ends ends = new Ends();

    Shown(List<Service> there) {
      there.forEach(one -> present.put(one.id(), one));
    }
  }

  /** The last steps of the services so far: what needs them, or is needed by them, waits. */
  private static final class Ends {

    private final Map<ServiceId, Integer> own = new HashMap<>();
    private final Map<ServiceId, Integer> ofUsersOfVolumes = new HashMap<>();

    void add(Service service, int last) {
      own.put(service.id(), last);
      LinkOrder.volumes(service.definitions().current())
          .forEach(used -> ofUsersOfVolumes.merge(used, last, Math::max));
    }

    int after(UserCommand command, Service service) {
      if (command instanceof TerminateService) {
        return ofUsersOfVolumes.getOrDefault(service.id(), 0);
      }
      return command instanceof OperationCommand && !(command instanceof StopService)
          ? LinkOrder.needs(service.definitions().current())
              .mapToInt(id -> own.getOrDefault(id, 0))
              .max()
              .orElse(0)
          : 0;
    }
  }

  Map<String, @Nullable Object> of(
      @Nullable Stack before,
      Stack after,
      StackDecision decision,
      List<Part> parts,
      List<Service> there) {
    var shown = new Shown(there);
    parts.forEach(part -> show(part, shown));
    there.stream()
        .filter(one -> parts.stream().noneMatch(part -> isOf(part, one)))
        .forEach(one -> shown.services.add(unchanged(one)));
    shown.steps.sort(
        Comparator.comparingInt(one -> (Integer) Objects.requireNonNull(one.get("step"))));
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("version", before == null ? null : before.version());
    json.put("plan", shown.steps);
    json.put("changes", changes(before, after));
    json.put("summary", summary(shown.services, new Plan(shown.entries, true)));
    json.put("events", decision.events().stream().map(StackDryRunJson::event).toList());
    json.put("placements", List.of());
    json.put(
        "stack",
        StackResource.render(
            after, shown.present.values().stream().filter(one -> !one.terminated()).toList()));
    json.put("services", shown.services);
    return json;
  }

  private void show(Part part, Shown shown) {
    var plan = shifted(part, shown.ends);
    var foreseen = part.foreseen();
    var service = foreseen == null ? part.before() : foreseen.service();
    if (service != null) {
      var entries = plans.entries(plan, service, part.before() == null);
      shown.services.add(service(part, service, entries));
      shown.steps.addAll(entries);
      shown.entries.addAll(plan.entries());
      shown.present.put(service.id(), service);
    }
  }

  private static boolean isOf(Part part, Service service) {
    var command = part.command();
    return command != null && command.serviceId().equals(service.id());
  }

  /** A service waits for those before it that it needs, as it would in earnest. */
  private static Plan shifted(Part part, Ends ends) {
    var foreseen = part.foreseen();
    var command = part.command();
    if (foreseen == null || command == null) {
      return new Plan(List.of(), true);
    }
    int after = ends.after(command, foreseen.service());
    var entries = new ArrayList<Entry>();
    int last = after;
    for (var entry : foreseen.plan().entries()) {
      entries.add(entry.at(entry.step() + after));
      last = Math.max(last, entry.step() + after);
    }
    ends.add(foreseen.service(), last);
    return new Plan(entries, foreseen.plan().isWhole());
  }

  private Map<String, @Nullable Object> service(
      Part part, Service shown, List<Map<String, @Nullable Object>> entries) {
    var before = part.before();
    var foreseen = part.foreseen();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", shown.name());
    json.put("change", change(part, foreseen));
    json.put("version", before == null ? null : before.version());
    json.put("changes", foreseen == null ? List.of() : changes(foreseen));
    json.put("plan", entries);
    return json;
  }

  private static String change(Part part, @Nullable Foreseen foreseen) {
    if (foreseen == null) {
      return "unchanged";
    }
    if (part.before() == null) {
      return "create";
    }
    if (part.command() instanceof TerminateService) {
      return "terminate";
    }
    return changes(foreseen).isEmpty() ? "unchanged" : "update";
  }

  private Map<String, @Nullable Object> unchanged(Service service) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", service.name());
    json.put("change", kept.contains(service.id()) ? "kept" : "unchanged");
    json.put("version", service.version());
    json.put("changes", List.of());
    json.put("plan", List.of());
    return json;
  }

  private static List<Map<String, @Nullable Object>> changes(Foreseen foreseen) {
    var before = foreseen.before();
    var changes = new DefinitionChanges();
    for (var event : foreseen.events()) {
      if (event instanceof AttributesSet set) {
        changes.add(before == null ? null : before.definitions().current(), set);
      }
    }
    return changes.all();
  }

  private static List<Map<String, @Nullable Object>> changes(@Nullable Stack before, Stack after) {
    var changes = new DefinitionChanges();
    if (before == null) {
      changes.add("name", null, after.name());
    } else if (!Objects.equals(before.nickname(), after.nickname())) {
      changes.add("nickname", before.nickname(), after.nickname());
    }
    return changes.all();
  }

  /** Such as {@code create 1, update 2, add 3}. */
  private static String summary(List<Map<String, @Nullable Object>> services, Plan plan) {
    var parts = new ArrayList<String>();
    for (var change : List.of("create", "update", "terminate")) {
      long count = services.stream().filter(one -> change.equals(one.get("change"))).count();
      if (count > 0) {
        parts.add(change + " " + count);
      }
    }
    if (!plan.entries().isEmpty()) {
      parts.add(PlanJson.summary(plan, 0));
    }
    return parts.isEmpty() ? "nothing to do" : String.join(", ", parts);
  }

  private static Map<String, Object> event(StackEvent event) {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", event.getClass().getSimpleName());
    json.put("event", Wire.MAPPER.valueToTree(VisibleEvent.of(event)));
    return json;
  }
}
