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
import dev.slipway.model.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored is restored, whatever today's rules say of it. */
class StoredValuesTest {

  private static final String TOO_LONG = "x".repeat(64 * 1024 + 1);

  static Stream<Arguments> broken() {
    return Attributes.all().stream()
        .flatMap(
            attribute ->
                breaking(attribute.kind().type())
                    .map(value -> Arguments.of(attribute.name(), value)));
  }

  /** Values that have the type's form, and break a rule that it has or might get. */
  private static Stream<Object> breaking(JsonType type) {
    return switch (type) {
      case Text _ -> Stream.of("", " ", "a\0b", "\\", "rocket.chat", "Ä:/", TOO_LONG);
      case Whole _ -> Stream.of(Integer.MIN_VALUE, -7, 0, Integer.MAX_VALUE);
      case Flag _ -> Stream.of(true);
      case OneOf(var names) -> names.stream().map(name -> name);
      case ListOf(var element) -> breaking(element).map(value -> List.of(value, value));
      case TextByName _ -> Stream.of(Map.of("", "", "a\0b", TOO_LONG));
      case Fields(_, var fields) ->
          fields.stream()
              .flatMap(
                  field ->
                      breaking(field.type())
                          .map(
                              value -> {
                                var object = new LinkedHashMap<String, Object>();
                                fields.forEach(
                                    other ->
                                        object.put(
                                            other.name(),
                                            breaking(other.type()).findFirst().get()));
                                object.put(field.name(), value);
                                return object;
                              }));
    };
  }

  @ParameterizedTest
  @MethodSource("broken")
  void areRestoredAndWrittenAsTheyWere(String attribute, Object value) {
    var json = Wire.write(Map.of(attribute, value));
    var restored = Wire.read(json, ServiceDefinition.class);
    assertThat(Wire.read(Wire.write(restored), ServiceDefinition.class)).isEqualTo(restored);
    if (!attribute.equals("name")) {
      assertThat(restored.sets(Attributes.named(attribute))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rocket.chat,rocket-chat",
    "web,web",
    "my_app-1,my_app-1",
    "a--b__c,a--b__c",
    ".-x,x",
    "ä,service",
    "'',service",
    "a b/c,a-b-c"
  })
  void aStoredNameIsRestoredAsTheNearestLegalOne(String stored, String legal) {
    var json = "{\"name\":\"%s\"}".formatted(stored).getBytes(StandardCharsets.UTF_8);
    assertThat(Wire.read(json, ServiceDefinition.class).get(Attributes.NAME)).isEqualTo(legal);
  }

  @Test
  void aNameDerivedFromAnImageIsCutToTheLongestLegalOne() {
    assertThat(ImageName.serviceName("me/" + "a".repeat(100) + ":1")).isEqualTo("a".repeat(63));
    assertThat(ImageName.serviceName("rocketchat/rocket.chat")).isEqualTo("rocket-chat");
  }

  @Test
  void aValueWithoutTheFormOfItsTypeIsUnreadableAndNoFaultOfAClient() {
    var json = "{\"memory\":\"much\"}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Wire.read(json, ServiceDefinition.class))
        .isNotInstanceOf(InvalidInput.class)
        .hasMessageContaining("stored memory must be a whole number");
  }
}
