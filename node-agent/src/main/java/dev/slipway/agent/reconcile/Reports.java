package dev.slipway.agent.reconcile;

import dev.slipway.model.container.ContainerReport;

/** Where reports go; delivery is its business. */
public interface Reports {
  void send(ContainerReport report);
}
