package dev.slipway.query.events;

import dev.slipway.model.Namespace;
import dev.slipway.model.wire.Envelope;
import java.time.Instant;
import java.util.List;

/**
 * What one event of the log changed that clients can see.
 *
 * @param id of the event in the log
 * @param position of the event among all events
 * @param things empty if nothing that is told of
 */
public record Change(
    String id, long position, Instant at, Namespace namespace, List<Thing> things) {

  public Change {
    things = List.copyOf(things);
  }

  public static Change of(Envelope<?> envelope, Namespace namespace, List<Thing> things) {
    return new Change(envelope.id(), envelope.position(), envelope.at(), namespace, things);
  }

  /** What becomes of a thing, in the API's words. */
  public enum Verb {
    CREATE("create"),
    UPDATE("update"),
    DELETE("delete");

    private final String text;

    Verb(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * A thing that changed, as it is now.
   *
   * @param parents resource URIs of what it belongs to
   */
  public record Thing(
      EventType type, Verb verb, String resourceUri, List<String> parents, String state) {

    public Thing {
      parents = List.copyOf(parents);
    }
  }
}
