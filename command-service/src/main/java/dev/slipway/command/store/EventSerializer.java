package dev.slipway.command.store;

import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.Wire;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** Stores events under their stable names, in the one JSON form. */
final class EventSerializer extends Jackson3Serializer {

  EventSerializer() {
    super(
        Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(Wire::configured)
            .disableCachingOfUnknownClasses());
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
