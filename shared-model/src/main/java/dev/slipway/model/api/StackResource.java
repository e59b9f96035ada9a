package dev.slipway.model.api;

import static dev.slipway.model.service.ServiceLifecycle.NOT_RUNNING;
import static dev.slipway.model.service.ServiceLifecycle.PARTLY_RUNNING;
import static dev.slipway.model.service.ServiceLifecycle.REDEPLOYING;
import static dev.slipway.model.service.ServiceLifecycle.RUNNING;
import static dev.slipway.model.service.ServiceLifecycle.SCALING;
import static dev.slipway.model.service.ServiceLifecycle.STARTING;
import static dev.slipway.model.service.ServiceLifecycle.STOPPED;
import static dev.slipway.model.service.ServiceLifecycle.STOPPING;
import static dev.slipway.model.service.ServiceLifecycle.TERMINATED;
import static dev.slipway.model.service.ServiceLifecycle.TERMINATING;

import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceLifecycle;
import dev.slipway.model.stack.Stack;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A stack as the API shows it, in answers to commands and to queries. */
public final class StackResource {

  /** What a service passes through; the first that any service is in is the stack's own. */
  private static final List<ServiceLifecycle> PASSING =
      List.of(TERMINATING, REDEPLOYING, STOPPING, STARTING, SCALING);

  private StackResource() {}

  /**
   * The JSON object of a stack.
   *
   * @param services all that are in it, the oldest first; those that are terminated are left out
   */
  public static Map<String, @Nullable Object> render(Stack stack, Collection<Service> services) {
    var live = services.stream().filter(ServiceResource::isLive).toList();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("uuid", stack.id().value());
    json.put("resource_uri", ResourceUri.of(stack.namespace(), stack.id()));
    json.put("name", stack.name());
    json.put("nickname", stack.nickname() == null ? stack.name() : stack.nickname());
    json.put("state", state(stack, live).text());
    json.put("synchronized", live.stream().allMatch(Service::isSynchronized));
    json.put("services", live.stream().map(s -> ResourceUri.of(s.namespace(), s.id())).toList());
    json.put("deployed_datetime", ApiDate.of(stack.dates().deployed()));
    json.put("destroyed_datetime", ApiDate.of(stack.dates().destroyed()));
    return json;
  }

  /** The state that follows from the work on the stack, or else from its services. */
  public static ServiceLifecycle state(Stack stack, Collection<Service> services) {
    if (stack.terminated()) {
      return TERMINATED;
    }
    var work = stack.work();
    return work != null ? during(work.kind()) : state(services);
  }

  private static ServiceLifecycle during(OperationKind kind) {
    return switch (kind) {
      case START, SCALE -> STARTING;
      case STOP -> STOPPING;
      case REDEPLOY -> REDEPLOYING;
      case TERMINATE -> TERMINATING;
    };
  }

  private static ServiceLifecycle state(Collection<Service> services) {
    var states =
        services.stream()
            .map(Service::lifecycle)
            .filter(state -> state != TERMINATED)
            .collect(Collectors.toSet());
    for (var passing : PASSING) {
      if (states.contains(passing)) {
        return passing == SCALING ? STARTING : passing;
      }
    }
    if (states.contains(PARTLY_RUNNING) || (states.contains(RUNNING) && states.size() > 1)) {
      return PARTLY_RUNNING;
    }
    if (states.equals(Set.of(RUNNING))) {
      return RUNNING;
    }
    return states.contains(STOPPED) ? STOPPED : NOT_RUNNING;
  }
}
