package dev.slipway.model.api;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.StackId;

/**
 * The paths of things. Clients compare them as strings, so each thing has one form everywhere: the
 * one with its namespace, ending in a slash.
 */
public final class ResourceUri {

  private ResourceUri() {}

  public static String of(Namespace namespace, ServiceId id) {
    return "/api/app/v1/%s/service/%s/".formatted(namespace, id);
  }

  public static String of(Namespace namespace, StackId id) {
    return "/api/app/v1/%s/stack/%s/".formatted(namespace, id);
  }

  public static String of(Namespace namespace, ContainerId id) {
    return "/api/app/v1/%s/container/%s/".formatted(namespace, id);
  }

  public static String of(Namespace namespace, NodeId id) {
    return "/api/infra/v1/%s/node/%s/".formatted(namespace, id);
  }

  /** Actions have no namespace in their path. */
  public static String of(ActionId id) {
    return "/api/audit/v1/action/%s/".formatted(id);
  }
}
