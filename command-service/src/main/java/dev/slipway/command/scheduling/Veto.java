package dev.slipway.command.scheduling;

import dev.slipway.command.scheduling.Need.Bond;
import java.util.Optional;
import java.util.TreeSet;

/** Why a node cannot take a container. */
public enum Veto {
  UNREACHABLE("is unreachable"),
  DRAINING("is drained"),
  TAGS("lacks a tag"),
  OCCUPIED("has one already"),
  BOND("lacks what it must be beside"),
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
    if (node.draining()) {
      return Optional.of(DRAINING);
    }
    if (!node.tags().containsAll(need.tags())) {
      return Optional.of(TAGS);
    }
    if (need.alone() && node.containersOf(need.service()) > 0) {
      return Optional.of(OCCUPIED);
    }
    if (need.bonds().stream().anyMatch(bond -> !bond.nodes().contains(node.id()))) {
      return Optional.of(BOND);
    }
    if (need.ports().stream().anyMatch(node.taken()::contains)) {
      return Optional.of(PORT);
    }
    return Optional.empty();
  }

  /** What stands in the way, with what it is about. */
  String explain(Need need, Candidate node) {
    return switch (this) {
      case UNREACHABLE, DRAINING, OCCUPIED -> words;
      case TAGS -> {
        var missing = new TreeSet<>(need.tags());
        missing.removeAll(node.tags());
        yield "lacks the tag " + String.join(", ", missing);
      }
      case BOND ->
          "does not have "
              + String.join(
                  ", ",
                  need.bonds().stream()
                      .filter(bond -> !bond.nodes().contains(node.id()))
                      .map(Bond::to)
                      .toList());
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
