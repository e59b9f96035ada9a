package dev.slipway.command.publishing;

import dev.slipway.command.publishing.AssignmentFold.Change;
import dev.slipway.command.publishing.EventLog.Stored;
import dev.slipway.model.container.ContainerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes of assignments that wait to be sent: the newest of each container, oldest first. */
final class NewestChanges {

  private final Map<ContainerId, Waiting> changes = new LinkedHashMap<>();

  /** A change and the event that it follows from. */
  record Waiting(Change change, Stored event) {}

  void put(Change change, Stored event) {
    remove(change.container());
    changes.put(change.container(), new Waiting(change, event));
  }

  void remove(ContainerId container) {
    changes.remove(container);
  }

  /** Removes and returns all of them. */
  List<Waiting> take() {
    var all = List.copyOf(changes.values());
    changes.clear();
    return all;
  }
}
