package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Image;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerReport.Created;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Failed;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.node.NodeId;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Tells the control plane what was found and done. */
final class ContainerReports {

  private final NodeId node;
  private final Reports reports;
  private final StartsDone startsDone;
  private final InstantSource clock;

  ContainerReports(NodeId node, Reports reports, StartsDone startsDone, InstantSource clock) {
    this.node = node;
    this.reports = reports;
    this.startsDone = startsDone;
    this.clock = clock;
  }

  void created(Assignment of, String engineId, @Nullable Image image) {
    reports.send(
        new Created(
            of.service(),
            of.container(),
            node,
            clock.instant(),
            engineId,
            image == null ? null : image.facts()));
  }

  void found(Assignment of, Found found) {
    var end = found.end();
    int starts = startsDone.of(of.container());
    reports.send(
        end == null
            ? new Running(
                of.service(),
                of.container(),
                node,
                clock.instant(),
                starts,
                found.engineId(),
                found.ipAddress(),
                found.ports())
            : new Exited(
                of.service(),
                of.container(),
                node,
                end.at(),
                starts,
                end.exitCode(),
                end.oomKilled(),
                end.error()));
  }

  void removed(Assignment of) {
    reports.send(new Removed(of.service(), of.container(), node, clock.instant()));
  }

  void failed(Assignment of, String reason) {
    reports.send(new Failed(of.service(), of.container(), node, clock.instant(), reason));
  }
}
