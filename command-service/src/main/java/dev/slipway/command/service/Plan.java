package dev.slipway.command.service;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.DeployOrder;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The steps that an operation would take with the containers of a service, in order.
 *
 * @param isWhole whether it goes on to the end; a plan with very many steps is cut
 */
public record Plan(List<Entry> entries, boolean isWhole) {

  static final Plan NOTHING = new Plan(List.of(), true);

  public Plan {
    entries = List.copyOf(entries);
  }

  /** A step with one container. */
  public enum Action {
    ADD,
    REPLACE,
    START,
    STOP,
    REMOVE;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One step of a plan.
   *
   * @param step from 1; entries with the same step happen beside each other
   * @param container that there is, null for a new one
   * @param node that a new container would be on, or that the container is on; null if there is
   *     none
   * @param order of a replacement, null for anything else
   * @param erasesVolumes whether volumes of the container, if it has any, go with it
   * @param refused why there is no node, null if there is one
   */
  public record Entry(
      int step,
      Action action,
      int slot,
      @Nullable ContainerId container,
      @Nullable NodeId node,
      @Nullable DeployOrder order,
      boolean erasesVolumes,
      @Nullable PlacementRefused refused) {

    public Entry at(int step) {
      return new Entry(step, action, slot, container, node, order, erasesVolumes, refused);
    }

    Entry replacedBy(@Nullable NodeId node, @Nullable PlacementRefused refused) {
      return new Entry(
          step,
          Action.REPLACE,
          slot,
          container,
          node,
          DeployOrder.STOP_FIRST,
          erasesVolumes,
          refused);
    }

    Entry erasing(boolean erases) {
      return new Entry(step, action, slot, container, node, order, erases, refused);
    }
  }
}
