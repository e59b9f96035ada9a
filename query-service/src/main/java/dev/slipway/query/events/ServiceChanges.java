package dev.slipway.query.events;

import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.Service;
import dev.slipway.query.events.Change.Thing;
import dev.slipway.query.events.Change.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be seen to differ between two states of a service: its containers, then itself. */
public final class ServiceChanges {

  private ServiceChanges() {}

  /**
   * @param before null if the service is new
   */
  public static List<Thing> between(@Nullable Service before, Service after) {
    var things = new ArrayList<Thing>();
    if (before == null) {
      things.add(thing(after, Verb.CREATE));
      return things;
    }
    if (before.fleet() != after.fleet()) {
      compareContainers(before, after, things);
    }
    if (after.terminated() && !before.terminated()) {
      things.add(thing(after, Verb.DELETE));
    } else if (differs(before, after)) {
      things.add(thing(after, Verb.UPDATE));
    }
    return things;
  }

  private static boolean differs(Service before, Service after) {
    return before.lifecycle() != after.lifecycle()
        || before.definitions().revision() != after.definitions().revision()
        || before.isSynchronized() != after.isSynchronized();
  }

  private static void compareContainers(Service before, Service after, List<Thing> things) {
    var old = new LinkedHashMap<ContainerId, Container>();
    before.fleet().containers().forEach(container -> old.put(container.id(), container));
    for (var container : after.fleet().containers()) {
      var was = old.remove(container.id());
      if (was != container) {
        things.add(
            thing(
                after,
                container,
                was == null ? Verb.CREATE : Verb.UPDATE,
                container.phase().text()));
      }
    }
    old.values()
        .forEach(
            gone -> things.add(thing(after, gone, Verb.DELETE, ContainerPhase.TERMINATED.text())));
  }

  private static Thing thing(Service service, Verb verb) {
    return new Thing(
        EventType.SERVICE,
        verb,
        ResourceUri.of(service.namespace(), service.id()),
        stack(service),
        service.lifecycle().text());
  }

  private static Thing thing(Service service, Container container, Verb verb, String state) {
    var parents = new ArrayList<String>();
    parents.add(ResourceUri.of(service.namespace(), service.id()));
    parents.addAll(stack(service));
    parents.add(ResourceUri.of(service.namespace(), container.node()));
    return new Thing(
        EventType.CONTAINER,
        verb,
        ResourceUri.of(service.namespace(), container.id()),
        parents,
        state);
  }

  /** The URI of the stack that the service is in. */
  private static List<String> stack(Service service) {
    var stack = service.stack();
    return stack == null ? List.of() : List.of(ResourceUri.of(service.namespace(), stack.id()));
  }
}
