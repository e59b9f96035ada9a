package dev.slipway.command.stack;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLink;
import dev.slipway.model.stack.DefinedService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The services of an earlier version of a stack as they are to be now. A service that has been
 * terminated since is made anew under another uuid, and what refers to it refers to the new one.
 *
 * @param present the services that the stack has now, by name
 * @param made the uuid for a service that is to be made, by its name
 * @param exists whether a service outside of the stack is still there
 */
record RestoredServices(
    Map<String, ServiceId> present, Function<String, ServiceId> made, Predicate<ServiceId> exists) {

  /**
   * @throws InvalidInput if one refers to a service outside of the stack that is gone
   */
  List<DefinedService> of(List<DefinedService> past) {
    var ids = new HashMap<ServiceId, ServiceId>();
    for (var one : past) {
      var name = one.definition().get(Attributes.NAME);
      ids.put(
          one.service(),
          present.containsValue(one.service())
              ? one.service()
              : present.getOrDefault(name, made.apply(name)));
    }
    return past.stream()
        .map(
            one ->
                new DefinedService(
                    ids.getOrDefault(one.service(), one.service()),
                    referring(one.definition(), id -> target(id, ids, one))))
        .toList();
  }

  private ServiceId target(ServiceId id, Map<ServiceId, ServiceId> ids, DefinedService from) {
    var now = ids.getOrDefault(id, id);
    if (!ids.containsKey(id) && !present.containsValue(id) && !exists.test(id)) {
      throw new InvalidInput(
          "version",
          "cannot be restored: service %s refers to service %s, which is gone"
              .formatted(from.definition().get(Attributes.NAME), id));
    }
    return now;
  }

  private static ServiceDefinition referring(
      ServiceDefinition definition, Function<ServiceId, ServiceId> targets) {
    var referring = definition;
    if (definition.sets(Attributes.LINKED_TO_SERVICE)) {
      referring =
          referring.with(
              Attributes.LINKED_TO_SERVICE,
              definition.get(Attributes.LINKED_TO_SERVICE).stream()
                  .map(link -> new ServiceLink(targets.apply(link.to()), link.name()))
                  .toList());
    }
    if (definition.sets(Attributes.DEPENDS_ON)) {
      referring =
          referring.with(
              Attributes.DEPENDS_ON,
              definition.get(Attributes.DEPENDS_ON).stream().map(targets).toList());
    }
    if (definition.sets(Attributes.BINDINGS)) {
      referring =
          referring.with(
              Attributes.BINDINGS,
              definition.get(Attributes.BINDINGS).stream()
                  .map(binding -> referring(binding, targets))
                  .toList());
    }
    return referring;
  }

  private static Binding referring(Binding binding, Function<ServiceId, ServiceId> targets) {
    var from = binding.volumesFrom();
    return from == null
        ? binding
        : new Binding(
            binding.hostPath(), binding.containerPath(), binding.rewritable(), targets.apply(from));
  }
}
