package dev.slipway.model.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.JsonType.Fields;
import dev.slipway.model.attribute.JsonType.Flag;
import dev.slipway.model.attribute.JsonType.ListOf;
import dev.slipway.model.attribute.JsonType.OneOf;
import dev.slipway.model.attribute.JsonType.Text;
import dev.slipway.model.attribute.JsonType.TextByName;
import dev.slipway.model.attribute.JsonType.Whole;
import dev.slipway.model.service.ServiceDefinition;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attribute against values that are not of its kind. */
class BadValuesTest {

  private static final String LONG = "x".repeat(64 * 1024 + 1);

  /** These also take one value in place of a list. */
  private static final Set<String> ONE_OR_MORE =
      Set.of(
          "dns",
          "dns_search",
          "cap_add",
          "cap_drop",
          "devices",
          "extra_hosts",
          "security_opt",
          "tmpfs");

  /** These also take a list in place of a text or an object. */
  private static final Set<String> ALSO_LISTS =
      Set.of("run_command", "entrypoint", "labels", "sysctls");

  /** These also take an object in place of a list. */
  private static final Set<String> ALSO_OBJECTS = Set.of("ulimits");

  private static boolean isOfAnotherForm(Attribute<?> attribute, Bad bad) {
    return (ALSO_LISTS.contains(attribute.name()) && bad.value() instanceof List<?>)
        || (ALSO_OBJECTS.contains(attribute.name()) && bad.value() instanceof Map<?, ?>);
  }

  /** A value, and what is said of it behind the name of the field. */
  private record Bad(Object value, String said) {}

  static Stream<Arguments> refused() {
    return Attributes.all().stream()
        .flatMap(
            attribute ->
                bad(attribute).stream()
                    .filter(bad -> !isOfAnotherForm(attribute, bad))
                    .map(bad -> Arguments.of(attribute.name(), bad.value(), bad.said())));
  }

  private static List<Bad> bad(Attribute<?> attribute) {
    return switch (attribute.kind().type()) {
      case ListOf(var element) when ONE_OR_MORE.contains(attribute.name()) -> inList(element);
      case ListOf(var element) -> {
        var all = new ArrayList<>(inList(element));
        for (var value : List.of("x", 5, true, Map.of())) {
          all.add(new Bad(value, " must be a list"));
        }
        yield all;
      }
      case JsonType type -> bad(type);
    };
  }

  private static List<Bad> inList(JsonType element) {
    var all = new ArrayList<Bad>();
    all.add(new Bad(Arrays.asList((Object) null), "[0] must not be null"));
    for (var bad : bad(element)) {
      all.add(new Bad(List.of(bad.value()), "[0]" + bad.said()));
    }
    return all;
  }

  private static List<Bad> bad(JsonType type) {
    return switch (type) {
      case Text(var form) ->
          Stream.of(
                  new Bad(List.of(), " must be a string"),
                  new Bad(List.of("a"), " must be a string"),
                  new Bad(LONG, " must have at most 65536 characters"),
                  new Bad("a\0b", " must not contain a NUL character"))
              .toList();
      case Whole(var least, var most) ->
          List.of(
              new Bad("many", " must be a whole number"),
              new Bad("", " must be a whole number"),
              new Bad(1.5, " must be a whole number"),
              new Bad(1e300, " must be a whole number"),
              new Bad(true, " must be a whole number"),
              new Bad(List.of(1), " must be a whole number"),
              new Bad(new BigInteger("9".repeat(30)), " must be a whole number"),
              new Bad(least - 1L, " must be "),
              new Bad(most + 1L, " must be "));
      case Flag _ ->
          Stream.of("yes", 1, List.of(), Map.of())
              .map(value -> new Bad(value, " must be true or false"))
              .toList();
      case OneOf _ ->
          Stream.of("nope", "", 1, true, List.of(), Map.of())
              .map(value -> new Bad(value, " must be one of "))
              .toList();
      case ListOf(var element) -> inList(element);
      case TextByName _ ->
          List.of(
              new Bad("x", " must be an object"),
              new Bad(List.of(), " must be an object"),
              new Bad(Map.of("a", List.of()), ".a must be a string"),
              new Bad(Map.of("a\0", "b"), " must not contain a NUL character"));
      case Fields(var name, _) ->
          name.equals("Tag")
              ? List.of(
                  new Bad(List.of(), " must be a string"), new Bad(Map.of(), ".name is required"))
              : Stream.of("x", 5, true, List.of())
                  .map(value -> new Bad(value, " must be an object"))
                  .toList();
    };
  }

  @ParameterizedTest
  @MethodSource("refused")
  void areRefusedByTheNameOfTheFieldAndTheRule(String attribute, Object value, String said) {
    assertThatThrownBy(() -> ServiceDefinition.read(Map.of(attribute, value)))
        .isInstanceOf(InvalidInput.class)
        .message()
        .startsWith(attribute + said);
  }

  static Stream<Arguments> ofSubObjects() {
    return Stream.of(
        Arguments.of("container_ports", Map.of("protocol", "sctp", "inner_port", 80), "protocol"),
        Arguments.of("container_ports", Map.of("protocol", 6, "inner_port", 80), "protocol"),
        Arguments.of("container_ports", Map.of("protocol", "tcp"), "inner_port"),
        Arguments.of("container_ports", port("inner_port", 0), "inner_port"),
        Arguments.of("container_ports", port("inner_port", List.of()), "inner_port"),
        Arguments.of("container_ports", port("outer_port", 65_536), "outer_port"),
        Arguments.of("container_ports", port("outer_port", "http"), "outer_port"),
        Arguments.of("container_ports", port("published", "maybe"), "published"),
        Arguments.of("container_envvars", Map.of("value", "x"), "key"),
        Arguments.of("container_envvars", Map.of("key", "", "value", "x"), "key"),
        Arguments.of("container_envvars", Map.of("key", "A B", "value", "x"), "key"),
        Arguments.of("container_envvars", Map.of("key", "A"), "value"),
        Arguments.of("container_envvars", Map.of("key", "A", "value", List.of()), "value"),
        Arguments.of("linked_to_service", Map.of("name", "db"), "to_service"),
        Arguments.of("linked_to_service", Map.of("name", "db", "to_service", true), "to_service"),
        Arguments.of("linked_to_service", link("a b"), "name"),
        Arguments.of("linked_to_service", link("-a"), "name"),
        Arguments.of("linked_to_service", link("x".repeat(64)), "name"),
        Arguments.of("linked_to_service", link(List.of()), "name"),
        Arguments.of("bindings", Map.of("host_path", "/a"), "container_path"),
        Arguments.of("bindings", Map.of("container_path", "a"), "container_path"),
        Arguments.of("bindings", Map.of("container_path", "/a:/b"), "container_path"),
        Arguments.of("bindings", Map.of("container_path", "/a", "host_path", "b"), "host_path"),
        Arguments.of("bindings", Map.of("container_path", "/a", "rewritable", 2), "rewritable"),
        Arguments.of("bindings", Map.of("volumes_from", "x"), "volumes_from"),
        Arguments.of("bindings", Map.of("volumes_from", Map.of()), "volumes_from"),
        Arguments.of("tags", Map.of("name", List.of()), ""));
  }

  private static Map<String, Object> port(String field, Object value) {
    return field.equals("inner_port")
        ? Map.of("protocol", "tcp", "inner_port", value)
        : Map.of("protocol", "tcp", "inner_port", 80, field, value);
  }

  private static Map<String, Object> link(Object name) {
    return Map.of("to_service", "80ff1635-2d56-478d-a97f-9b59c720e513", "name", name);
  }

  @ParameterizedTest
  @MethodSource("ofSubObjects")
  void ofSubObjectsAreRefusedByTheNameOfTheirField(
      String attribute, Map<String, Object> value, String field) {
    var named = attribute + "[0]" + (field.isEmpty() ? "" : "." + field);
    assertThatThrownBy(() -> ServiceDefinition.read(Map.of(attribute, List.of(value))))
        .isInstanceOf(InvalidInput.class)
        .message()
        .matches(Pattern.quote(named) + " (must|is|names) .+");
  }

  static Stream<Arguments> ofForm() {
    return Stream.of(
        Arguments.of("image", ""),
        Arguments.of("image", "UPPER case"),
        Arguments.of("image", "a//b"),
        Arguments.of("name", ""),
        Arguments.of("name", "a.b"),
        Arguments.of("name", "x".repeat(64)),
        Arguments.of("mac_address", "02:42"),
        Arguments.of("mac_address", "zz:42:ac:11:65:43"),
        Arguments.of("cpuset", "a"),
        Arguments.of("cpuset", "0,,1"),
        Arguments.of("cpuset", "0" + ",0".repeat(30_000)));
  }

  @ParameterizedTest
  @MethodSource("ofForm")
  void areRefusedWhereATextMustHaveAForm(String attribute, String value) {
    assertThatThrownBy(() -> ServiceDefinition.read(Map.of(attribute, value)))
        .isInstanceOf(InvalidInput.class)
        .message()
        .startsWith(attribute + " must ");
    assertThat(Attributes.named(attribute)).isNotNull();
  }
}
