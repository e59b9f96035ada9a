package dev.slipway.command.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.wire.StoredEvents;
import java.nio.charset.StandardCharsets;

/** Stores events as commands do, and reads them back as everybody else does. */
public final class StoredForm {

  private static final EventSerializer SERIALIZER = new EventSerializer(new RecordLimits());

  private StoredForm() {}

  /**
   * Checks that an event reads back as it is, and may be published.
   *
   * @throws EventNotStored if the command would be rejected for it
   */
  public static void check(Object event) {
    var stored = SERIALIZER.serialize(event, String.class);
    var json = stored.getData().getBytes(StandardCharsets.UTF_8);
    assertThat(json.length).isLessThanOrEqualTo(StoredEvents.MAX_BYTES);
    var type = stored.getType();
    assertThat(
            StoredEvents.read(
                json, type.getName(), type.getRevision(), StoredEvents.subject(event)))
        .isEqualTo(event);
  }
}
