package dev.slipway.command.scheduling;

import java.util.Optional;
import java.util.TreeSet;

/** Why a node cannot take a container. */
public enum Veto {
  UNREACHABLE("is unreachable"),
  TAGS("lacks a tag"),
  PORT("has a port taken");

  private final String words;

  Veto(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** The first thing that stands in the way, in the order of the constants. */
  static Optional<Veto> of(Need need, Candidate node) {
    if (!node.reachable()) {
      return Optional.of(UNREACHABLE);
    }
    if (!node.tags().containsAll(need.tags())) {
      return Optional.of(TAGS);
    }
    if (need.ports().stream().anyMatch(node.taken()::contains)) {
      return Optional.of(PORT);
    }
    return Optional.empty();
  }

  /** What stands in the way, with what it is about. */
  String explain(Need need, Candidate node) {
    return switch (this) {
      case UNREACHABLE -> "is unreachable";
      case TAGS -> {
        var missing = new TreeSet<>(need.tags());
        missing.removeAll(node.tags());
        yield "lacks the tag " + String.join(", ", missing);
      }
      case PORT ->
          "has port %s taken"
              .formatted(
                  String.join(
                      ", ",
                      need.ports().stream()
                          .filter(node.taken()::contains)
                          .map(HostPort::toString)
                          .sorted()
                          .toList()));
    };
  }
}
