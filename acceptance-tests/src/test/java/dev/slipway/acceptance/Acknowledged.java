package dev.slipway.acceptance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A service that a client was told is created, and the changes that this one client asked for. */
final class Acknowledged {

  private final String uuid;
  private final List<String> asked = new ArrayList<>();
  private final List<String> answered = new ArrayList<>();

  Acknowledged(String uuid) {
    this.uuid = uuid;
  }

  String uuid() {
    return uuid;
  }

  /** Called before the request is sent. No value is asked for twice, and each after the other. */
  void asks(String value) {
    asked.add(value);
  }

  /** What was asked for last was answered with success. */
  void isAnswered() {
    answered.add(asked.getLast());
  }

  /**
   * What there is of it in the end.
   *
   * @param creations how often the log has the creation
   * @param changes the values that the log has, in its order
   * @param value that holds now, empty if none was ever set
   */
  record Found(int creations, List<String> changes, String value) {

    static final Found NOTHING = new Found(0, List.of(), "");
  }

  /** Each promise that what was found breaks, in words. */
  List<String> broken(Found found) {
    var broken = new ArrayList<String>();
    if (found.creations() != 1) {
      broken.add("%s is there %d times".formatted(uuid, found.creations()));
    }
    for (var value : asked) {
      int times = Collections.frequency(found.changes(), value);
      if (times > 1 || (times == 0 && answered.contains(value))) {
        broken.add("%s was changed to %s %d times".formatted(uuid, value, times));
      }
    }
    if (!mayHold(found.value())) {
      broken.add("%s has the value '%s' in the end".formatted(uuid, found.value()));
    }
    return broken;
  }

  /** What was answered last, or what was asked for after it and may have been done all the same. */
  private boolean mayHold(String value) {
    return answered.isEmpty()
        ? value.isEmpty() || asked.contains(value)
        : asked.indexOf(value) >= asked.indexOf(answered.getLast());
  }
}
