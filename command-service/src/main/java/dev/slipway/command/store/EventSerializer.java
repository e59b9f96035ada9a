package dev.slipway.command.store;

import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.StoredEvents;
import dev.slipway.model.wire.Wire;
import java.nio.charset.StandardCharsets;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Stores events under their stable names, in the one JSON form. Each is read back before it is
 * stored, in the transaction of its command, and none is larger than can be published.
 */
final class EventSerializer extends Jackson3Serializer {

  private final RecordLimits limits;

  EventSerializer(RecordLimits limits) {
    super(
        Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(Wire::configured)
            .disableCachingOfUnknownClasses());
    this.limits = limits;
  }

  @Override
  public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> expected) {
    var serialized = super.serialize(object, expected);
    if (object != null && EventTypes.isEvent(object.getClass())) {
      check(object, serialized);
    }
    return serialized;
  }

  private void check(Object event, SerializedObject<?> serialized) {
    var json =
        serialized.getData() instanceof String text
            ? text.getBytes(StandardCharsets.UTF_8)
            : Wire.write(event);
    var type = serialized.getType();
    if (json.length > limits.largestEvent()) {
      throw EventNotStored.tooLarge(type.getName(), json.length, limits.largestEvent());
    }
    var read =
        StoredEvents.read(json, type.getName(), type.getRevision(), StoredEvents.subject(event));
    if (!read.equals(event)) {
      throw EventNotStored.changed(type.getName());
    }
  }

  @Override
  public SerializedType typeForClass(@SuppressWarnings("rawtypes") Class type) {
    return EventTypes.isEvent(type)
        ? new SimpleSerializedType(type.getSimpleName(), EventTypes.revision(type))
        : super.typeForClass(type);
  }

  @Override
  public Class<?> classForType(SerializedType type) {
    return EventTypes.isEvent(type.getName())
        ? EventTypes.named(type.getName())
        : super.classForType(type);
  }
}
