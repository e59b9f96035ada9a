package dev.slipway.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

class StoredEventsTest {

  private static final String ID = "80ff1635-2d56-478d-a97f-9b59c720e513";

  static Stream<Object> samples() {
    return Samples.events();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsWhole(Object sample) {
    var type = sample.getClass();
    assertThat(
            StoredEvents.read(
                Wire.write(sample),
                type.getSimpleName(),
                EventTypes.revision(type),
                StoredEvents.subject(sample)))
        .isEqualTo(sample);
  }

  /** A text that breaks any rule that a text may have. */
  @ParameterizedTest
  @MethodSource("samples")
  void aTextThatBreaksARuleIsReadAndFolded(Object sample) {
    var json = (ObjectNode) Wire.MAPPER.readTree(Wire.write(sample));
    broken(json);
    var bytes = json.toString().getBytes(UTF_8);
    Object event;
    try {
      event = Wire.read(bytes, sample.getClass());
    } catch (RuntimeException noSuchValue) {
      // of a type with a form of its own, such as a time or an enumeration: nobody's rule
      assertThat(noSuchValue).hasMessageNotContaining("InvalidInput");
      return;
    }
    if (event instanceof ServiceEvent one) {
      var service =
          one instanceof ServiceCreated ? null : Service.evolve(null, created(), Instant.EPOCH);
      assertThat(Service.evolve(service, one, Instant.EPOCH).name()).isNotEmpty();
    }
  }

  private static ServiceCreated created() {
    return Samples.events()
        .filter(ServiceCreated.class::isInstance)
        .map(ServiceCreated.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** Breaks each text of a definition; the rest of an event has types of its own. */
  private static void broken(JsonNode json) {
    for (var name : new String[] {"definition", "changes"}) {
      if (json.get(name) instanceof ObjectNode definition) {
        breakTexts(definition);
      }
    }
  }

  private static void breakTexts(ObjectNode object) {
    for (var name : object.propertyNames()) {
      switch (object.get(name)) {
        case ObjectNode inner -> breakTexts(inner);
        case ArrayNode list ->
            list.forEach(
                one -> {
                  if (one instanceof ObjectNode inner) {
                    breakTexts(inner);
                  }
                });
        case StringNode text when text.asString().matches("[a-z0-9./:-]+[./:-][a-z0-9./:-]+") ->
            object.put(name, "\0 .// broken =:");
        default -> {}
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ServiceSang|1|{}|no event is named ServiceSang",
        "ServiceTerminated|2|{}|revision 2 of ServiceTerminated is not known; this program knows up"
            + " to 1",
        "ServiceTerminated||{}|revision null of ServiceTerminated is not known; this program knows"
            + " up to 1",
        "ServiceTerminated|1|{|it is no JSON of a ServiceTerminated (column 2)",
        "ServiceTerminated|1|null|it is null",
        "ServiceTerminated|1|{}|ServiceTerminated lacks its field serviceId",
        "ServiceTerminated|1|{\"serviceId\":\"other\"}|it is stored for"
            + " 80ff1635-2d56-478d-a97f-9b59c720e513, but is an event of other"
      })
  void damageIsToldWithoutValues(String type, String revision, String json, String reason) {
    assertThatThrownBy(() -> StoredEvents.read(json.getBytes(UTF_8), type, revision, ID))
        .isInstanceOf(UnreadableEvent.class)
        .hasMessage(reason);
  }

  @Test
  void aSecretIsNotInTheMessageOfDamage() {
    var json = "{\"serviceId\":\"" + ID + "\",\"definition\":{\"container_envvars\":\"s3cret\"}}";
    assertThatThrownBy(() -> StoredEvents.read(json.getBytes(UTF_8), "ServiceCreated", "1", ID))
        .isInstanceOf(UnreadableEvent.class)
        .hasMessageNotContaining("s3cret");
  }
}
