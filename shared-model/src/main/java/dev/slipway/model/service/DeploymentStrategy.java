package dev.slipway.model.service;

/** How the containers of a service are spread over the nodes. */
public enum DeploymentStrategy {
  EMPTIEST_NODE,
  HIGH_AVAILABILITY,
  EVERY_NODE
}
