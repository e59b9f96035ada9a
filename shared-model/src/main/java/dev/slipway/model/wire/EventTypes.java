package dev.slipway.model.wire;

import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.stack.StackEvent;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;

/**
 * The names under which events are stored and sent. They do not change when a class moves: the name
 * of an event is its class's bare name, and no two events share one.
 */
public final class EventTypes {

  private static final Map<String, Class<?>> BY_NAME =
      Stream.of(
              ServiceEvent.class,
              StackEvent.class,
              NodeEvent.class,
              ActionEvent.class,
              AccountEvent.class)
          .flatMap(EventTypes::records)
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

  private EventTypes() {}

  /** The events of a sealed type, those in its groups included. */
  public static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Stream.of(type.getPermittedSubclasses()).flatMap(EventTypes::records);
  }

  public static boolean isEvent(Class<?> type) {
    return BY_NAME.get(type.getSimpleName()) == type;
  }

  public static boolean isEvent(String name) {
    return BY_NAME.containsKey(name);
  }

  /**
   * @throws IllegalArgumentException if no event has this name: the log is newer than this program
   */
  public static Class<?> named(String name) {
    var type = BY_NAME.get(name);
    if (type == null) {
      throw new IllegalArgumentException("No event is named " + name);
    }
    return type;
  }

  /** The revision of the form in which this program writes it. */
  public static String revision(Class<?> type) {
    return type.getAnnotation(Revision.class).value();
  }
}
