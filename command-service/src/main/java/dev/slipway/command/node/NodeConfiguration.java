package dev.slipway.command.node;

import dev.slipway.command.api.AdoptionAnswers;
import dev.slipway.command.ledger.ClusterView;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.ledger.NodeLedger;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.store.AxonOnPostgres;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.api.NodeResource;
import dev.slipway.model.api.ReadModel;
import dev.slipway.runtime.BackgroundTask;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What users ask of nodes, and what follows for the services on them. */
@Configuration(proxyBeanMethods = false)
public class NodeConfiguration {

  @Bean
  Heartbeats nodeHeartbeats() {
    return new Heartbeats();
  }

  @Bean
  NodeLedger nodeLedger(JdbcTemplate jdbc) {
    return new NodeLedger(jdbc);
  }

  /** Several processes may place on the same nodes. */
  @Bean
  BackgroundTask otherProcesses(ClusterView cluster) {
    return BackgroundTask.every(Duration.ofMillis(500), "cluster-view", cluster::lookForOthers);
  }

  @Bean
  NodeDryRuns nodeDryRuns(
      AxonOnPostgres axon,
      ClusterView cluster,
      NodeLedger ledger,
      LedgerReader reader,
      InstantSource clock) {
    return new NodeDryRuns(axon.events(), cluster, ledger, reader, clock);
  }

  @Bean
  NodeCommandsApi nodeCommandsApi(
      Commands commands,
      ReadModel readModel,
      Addressing addressing,
      Heartbeats heartbeats,
      NodeLedger ledger,
      LedgerReader reader,
      NodeDryRuns dryRuns,
      AdoptionAnswers adoptions,
      @Value("${slipway.drain-deadline:1h}") Duration longestDrain,
      InstantSource clock) {
    var answers =
        new NodeAnswers(
            commands, readModel, new NodeResource(addressing), heartbeats, ledger, dryRuns);
    return new NodeCommandsApi(answers, ledger, reader, heartbeats, adoptions, longestDrain, clock);
  }

  @Bean
  BackgroundTask nodeKeeping(
      Commands commands,
      NodeLedger ledger,
      ClusterView cluster,
      Heartbeats heartbeats,
      @Value("${slipway.node-loss-grace:1m}") Duration grace,
      InstantSource clock) {
    var keeper = new NodeKeeper(commands, ledger, cluster, heartbeats, grace, clock);
    return BackgroundTask.every(Duration.ofMillis(500), "node-keeper", keeper::look);
  }
}
