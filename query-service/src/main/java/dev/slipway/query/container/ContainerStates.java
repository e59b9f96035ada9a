package dev.slipway.query.container;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.container.ContainerPhase;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The states of containers as a filter names them. */
final class ContainerStates {

  private ContainerStates() {}

  /**
   * {@code Init} is an old client's name for what has not begun to run.
   *
   * @throws InvalidInput if no state has this name
   */
  static String named(String filter, String text) {
    var wanted = text.equals("Init") ? ContainerPhase.STARTING.text() : text;
    var names = Arrays.stream(ContainerPhase.values()).map(ContainerPhase::text).toList();
    if (!names.contains(wanted)) {
      throw new InvalidInput(
          filter,
          "must be one of "
              + names.stream().collect(Collectors.joining(", "))
              + "; it is '"
              + text
              + "'");
    }
    return wanted;
  }
}
