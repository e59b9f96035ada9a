package dev.slipway.command.stack;

import dev.slipway.command.service.DefinitionRules;
import dev.slipway.command.stack.StackCommand.Planned;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.attribute.ImageName;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a client says of a stack: its name and its services. */
record StackBody(Map<String, @Nullable Object> json) {

  private static final int MOST_SERVICES = 200;

  /** The name, by the rule for names of services: both are parts of the same DNS names. */
  String name() {
    var name = json.get("name");
    if (name == null) {
      throw new InvalidInput("name", "is required");
    }
    return Attributes.NAME.kind().read("name", name);
  }

  @Nullable String nickname() {
    var nickname = json.get("nickname");
    return nickname == null ? null : Attributes.NICKNAME.kind().read("nickname", nickname);
  }

  /**
   * The services as they are to be, with nothing left to find out.
   *
   * @param ids the uuid that a service of a name has or will have
   * @param own the services that the stack has already, by name
   * @throws InvalidInput naming the field and the rule that it breaks
   */
  List<Planned> services(
      String stack,
      Function<String, ServiceId> ids,
      Map<String, ServiceId> own,
      StackReferences.Elsewhere others) {
    var read = inOneDialect();
    var all = new HashMap<>(own);
    read.keySet().forEach(name -> all.put(name, ids.apply(name)));
    var references = new StackReferences(stack, all, others);
    var planned = new ArrayList<Planned>();
    int at = 0;
    for (Map.Entry<String, Map<String, @Nullable Object>> service : read.entrySet()) {
      var field = field(at++);
      var resolved = references.resolve(field, service.getValue());
      planned.add(
          new Planned(
              Objects.requireNonNull(all.get(service.getKey())),
              within(field, () -> definition(resolved))));
    }
    return planned;
  }

  /** The services by name, in the API's dialect. */
  private Map<String, Map<String, @Nullable Object>> inOneDialect() {
    var read = new LinkedHashMap<String, Map<String, @Nullable Object>>();
    var services = json.get("services");
    if (services == null) {
      return read;
    }
    if (!(services instanceof List<?> list) || list.size() > MOST_SERVICES) {
      throw new InvalidInput("services", "must be a list of at most " + MOST_SERVICES);
    }
    int at = 0;
    for (var one : list) {
      var field = field(at++);
      if (!(one instanceof Map<?, ?> service)) {
        throw new InvalidInput(field, "must be an object");
      }
      var api = Stackfile.read(field, service);
      var name = within(field, () -> name(api));
      api.put("name", name);
      if (read.putIfAbsent(name, api) != null) {
        throw new InvalidInput(field + ".name", "is that of another service too: " + name);
      }
    }
    return read;
  }

  private static String name(Map<String, @Nullable Object> service) {
    var image = service.get("image");
    if (image == null) {
      throw new InvalidInput("image", "is required");
    }
    var name = service.get("name");
    return name != null
        ? Attributes.NAME.kind().read("name", name)
        : ImageName.serviceName(Attributes.IMAGE.kind().read("image", image));
  }

  private static ServiceDefinition definition(Map<String, @Nullable Object> service) {
    var definition = ServiceDefinition.read(service);
    DefinitionRules.check(definition);
    return definition;
  }

  private static String field(int at) {
    return "services[%d]".formatted(at);
  }

  private static <T> T within(String field, Supplier<T> read) {
    try {
      return read.get();
    } catch (InvalidInput invalid) {
      var message = Objects.requireNonNull(invalid.getMessage());
      throw new InvalidInput(
          field + "." + invalid.field(), message.substring(invalid.field().length() + 1));
    }
  }
}
