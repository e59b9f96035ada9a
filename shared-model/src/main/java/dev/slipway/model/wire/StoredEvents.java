package dev.slipway.model.wire;

import dev.slipway.model.Digits;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.stack.StackEvent;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads stored events. No rule for input applies, but an event must be whole: of a known type and
 * revision, with every field that it always has, and of the subject that it is stored for.
 */
public final class StoredEvents {

  /** The largest event that may be stored. Kafka takes records that are several times as large. */
  public static final int MAX_BYTES = 512 * 1024;

  private static final Map<Class<?>, List<RecordComponent>> REQUIRED = new ConcurrentHashMap<>();

  private StoredEvents() {}

  /**
   * Reads an event.
   *
   * @param revision of the form in which it was stored
   * @throws UnreadableEvent if this program cannot know what happened
   */
  public static Object read(byte[] json, String type, @Nullable String revision, String subject) {
    if (!EventTypes.isEvent(type)) {
      throw new UnreadableEvent("no event is named " + type);
    }
    var known = EventTypes.named(type);
    checkRevision(type, revision, EventTypes.revision(known));
    var event = parsed(json, known);
    checkWhole(event, known);
    if (!subject.equals(subject(event))) {
      throw new UnreadableEvent(
          "it is stored for %s, but is an event of %s".formatted(subject, subject(event)));
    }
    return event;
  }

  private static void checkRevision(String type, @Nullable String revision, String known) {
    if (revision == null
        || !Digits.isNumber(revision, 9)
        || Integer.parseInt(revision) > Integer.parseInt(known)) {
      throw new UnreadableEvent(
          "revision %s of %s is not known; this program knows up to %s"
              .formatted(revision, type, known));
    }
  }

  /** Without the values of fields, which may be secret. */
  private static Object parsed(byte[] json, Class<?> type) {
    try {
      return Wire.read(json, type);
    } catch (JacksonException broken) {
      var location = broken.getLocation();
      throw new UnreadableEvent(
          "it is no JSON of a %s (column %s)"
              .formatted(type.getSimpleName(), location == null ? "?" : location.getColumnNr()));
    } catch (RuntimeException broken) {
      throw new UnreadableEvent("it cannot be made a " + type.getSimpleName());
    }
  }

  private static void checkWhole(@Nullable Object event, Class<?> type) {
    if (event == null) {
      throw new UnreadableEvent("it is null");
    }
    for (var component : REQUIRED.computeIfAbsent(type, StoredEvents::required)) {
      if (value(component, event) == null) {
        throw new UnreadableEvent(
            "%s lacks its field %s".formatted(type.getSimpleName(), component.getName()));
      }
    }
  }

  private static List<RecordComponent> required(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .filter(one -> !one.getAnnotatedType().isAnnotationPresent(Nullable.class))
        .toList();
  }

  private static @Nullable Object value(RecordComponent component, Object event) {
    try {
      return component.getAccessor().invoke(event);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("events are public records", impossible);
    }
  }

  /** The uuid or name of what an event happened to. */
  public static String subject(Object event) {
    return switch (event) {
      case ServiceEvent one -> one.serviceId().value();
      case StackEvent one -> one.stackId().value();
      case NodeEvent one -> one.nodeId().value();
      case ActionEvent one -> one.actionId().value();
      case AccountEvent one -> one.subject();
      default -> throw new IllegalArgumentException(event.getClass() + " is no event");
    };
  }
}
