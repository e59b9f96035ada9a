package dev.slipway.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.StoredEvents;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventSerializerTest {

  private final RecordLimits limits = new RecordLimits();
  private final EventSerializer serializer = new EventSerializer(limits);

  private static ServiceUpdated event(int bytes) {
    var changes = Wire.write(Map.of("run_command", "x".repeat(bytes)));
    return new ServiceUpdated(
        new ServiceId("80ff1635-2d56-478d-a97f-9b59c720e501"),
        Wire.read(changes, ServiceDefinition.class));
  }

  private String stored(int bytes) {
    return serializer.serialize(event(bytes), String.class).getData();
  }

  @Test
  void storesNoEventThatIsLargerThanMayBePublished() {
    assertThat(stored(StoredEvents.MAX_BYTES - 1_000)).hasSizeGreaterThan(500_000);
    assertThatThrownBy(() -> stored(StoredEvents.MAX_BYTES))
        .isInstanceOf(EventNotStored.class)
        .hasMessageContaining("ServiceUpdated would have 524,3")
        .hasMessageContaining("at most 524,288 are stored");
  }

  @Test
  void storesNoEventFromWhichARecordFollowsThatKafkaRefuses() {
    limits.learn(Map.of(Topics.ASSIGNMENTS.topic(), 300_000, Topics.LOGS.topic(), 1_000));
    assertThat(stored(78_000)).hasSizeGreaterThan(78_000);
    assertThatThrownBy(() -> stored(79_000)).hasMessageContaining("at most 78,154 are stored");
  }
}
