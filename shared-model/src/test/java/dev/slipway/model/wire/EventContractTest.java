package dev.slipway.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.stack.StackEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins what is stored of each event: its name, revision and payload, in the files beside it. {@code
 * -Drecord=true} writes them anew; a difference in one that was released is a new revision.
 */
class EventContractTest {

  static Stream<Object> samples() {
    return Samples.events();
  }

  private static List<Class<?>> types() {
    return Stream.of(
            ServiceEvent.class,
            StackEvent.class,
            NodeEvent.class,
            ActionEvent.class,
            AccountEvent.class)
        .<Class<?>>flatMap(EventTypes::records)
        .toList();
  }

  @Test
  void everyEventHasASample() {
    assertThat(samples().<Class<?>>map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(types());
  }

  @Test
  void everyEventIsInTheDocument() throws Exception {
    assertThat(Files.readString(Path.of("../docs/events.md")))
        .contains(types().stream().map(type -> "`" + type.getSimpleName() + "`").toList());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isStoredAsRecorded(Object sample) throws Exception {
    var type = sample.getClass();
    var text =
        "%s %s%n%s%n"
            .formatted(
                type.getSimpleName(),
                EventTypes.revision(type),
                new String(Wire.write(sample), StandardCharsets.UTF_8));
    var golden =
        Path.of(
            "src/test/resources/events", type.getSimpleName() + ".v" + EventTypes.revision(type));
    if (Boolean.getBoolean("record")) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isReadBackAsItWas(Object sample) {
    var stored = Wire.write(sample);
    assertThat((Object) Wire.read(stored, EventTypes.named(sample.getClass().getSimpleName())))
        .isEqualTo(sample);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void showsNoSecretWhenItIsPrinted(Object sample) {
    assertThat(sample.toString()).doesNotContain(Samples.SECRET);
  }
}
