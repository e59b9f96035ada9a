package dev.slipway.command.stack;

import dev.slipway.command.api.UnknownKeys;
import dev.slipway.command.api.Warnings;
import dev.slipway.command.service.DefinitionRules;
import dev.slipway.command.service.EngineRules;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.attribute.ImageName;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.DefinedService;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a client says of a stack: its name and its services. */
record StackBody(Map<String, @Nullable Object> json) {

  private static final int MOST_SERVICES = 200;

  private static final UnknownKeys KNOWN =
      UnknownKeys.of(
          Set.of("name", "nickname", "services"),
          Set.of(
              "uuid",
              "resource_uri",
              "state",
              "synchronized",
              "deployed_datetime",
              "destroyed_datetime"));

  /** A rule for a whole definition, which names the attribute that breaks it. */
  @FunctionalInterface
  interface Check {
    void check(ServiceDefinition definition);
  }

  /**
   * A service as it was read.
   *
   * @param place where it stands in the body, such as {@code services[0]}
   */
  private record Entry(String place, String name, Reading reading) {

    <T> T within(Supplier<T> read) {
      return StackBody.within(place, name, reading, read);
    }
  }

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

  /** What of the services has no effect or may be meant otherwise; none if they cannot be read. */
  List<String> warnings() {
    var all = Stream.concat(KNOWN.lines(json.keySet()).stream(), warningsOfServices());
    return Warnings.bounded(all.toList());
  }

  private Stream<String> warningsOfServices() {
    try {
      return entries().values().stream()
          .flatMap(
              entry ->
                  entry.reading().warnings().stream()
                      .map(
                          warning ->
                              "%s.%s (service %s)"
                                  .formatted(entry.place(), warning, entry.name())));
    } catch (InvalidInput refusedLater) {
      return Stream.of();
    }
  }

  /**
   * The services as they are to be, with nothing left to find out.
   *
   * @param ids the uuid that a service of a name has or will have
   * @param own the services that the stack has already, by name
   * @param rule holds for each service, besides the rules for all definitions
   * @throws InvalidInput naming the field, the rule that it breaks and the service
   */
  List<DefinedService> services(
      String stack,
      Function<String, ServiceId> ids,
      Map<String, ServiceId> own,
      StackReferences.Elsewhere others,
      Check rule) {
    var read = entries();
    var all = new HashMap<>(own);
    read.keySet().forEach(name -> all.put(name, ids.apply(name)));
    var references = new StackReferences(stack, all, others);
    return read.values().stream()
        .map(
            entry ->
                new DefinedService(
                    Objects.requireNonNull(all.get(entry.name())),
                    entry.within(() -> definition(entry.reading(), references, rule))))
        .toList();
  }

  /** The services by name, in the API's dialect. */
  private Map<String, Entry> entries() {
    var read = new LinkedHashMap<String, Entry>();
    var services = json.get("services");
    if (services == null) {
      return read;
    }
    if (!(services instanceof List<?> list) || list.size() > MOST_SERVICES) {
      throw new InvalidInput("services", "must be a list of at most " + MOST_SERVICES);
    }
    for (var one : list) {
      var place = "services[%d]".formatted(read.size());
      if (!(one instanceof Map<?, ?> service)) {
        throw new InvalidInput(place, "must be an object");
      }
      var entry = entry(place, service);
      if (read.putIfAbsent(entry.name(), entry) != null) {
        throw new InvalidInput(place + ".name", "is that of another service too: " + entry.name());
      }
    }
    return read;
  }

  private static Entry entry(String place, Map<?, ?> service) {
    var called = called(service);
    var reading = within(place, called, null, () -> Stackfile.read(service));
    var name = within(place, called, reading, () -> name(reading.api()));
    reading.api().put("name", name);
    return new Entry(place, name, reading);
  }

  /** What to call it in an error before its name is known to be one. */
  private static String called(Map<?, ?> service) {
    var name = Objects.toString(service.get("name"), "");
    return name.length() > 63 ? name.substring(0, 60) + "..." : name;
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

  private static ServiceDefinition definition(
      Reading reading, StackReferences references, Check rule) {
    var definition = ServiceDefinition.read(references.resolve(reading.api()));
    EngineRules.check(definition);
    DefinitionRules.check(definition);
    rule.check(definition);
    return definition;
  }

  private static <T> T within(
      String place, String service, @Nullable Reading reading, Supplier<T> read) {
    try {
      return read.get();
    } catch (InvalidInput invalid) {
      var field = invalid.field();
      var rule = Objects.requireNonNull(invalid.getMessage()).substring(field.length() + 1);
      throw new InvalidInput(
          place + "." + (reading == null ? field : reading.place(field)),
          service.isEmpty() ? rule : "%s (service %s)".formatted(rule, service));
    }
  }
}
