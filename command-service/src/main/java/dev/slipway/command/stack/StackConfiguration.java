package dev.slipway.command.stack;

import dev.slipway.command.history.PastStacks;
import dev.slipway.command.ledger.ClusterView;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.store.AxonOnPostgres;
import dev.slipway.http.Policies;
import dev.slipway.model.api.ReadModel;
import dev.slipway.runtime.BackgroundTask;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The writing half of stacks. */
@Configuration(proxyBeanMethods = false)
public class StackConfiguration {

  @Bean
  StackLedger stackLedger(JdbcTemplate jdbc) {
    return new StackLedger(jdbc);
  }

  @Bean
  StackKeeper stackKeeper(Commands commands, StackLedger ledger) {
    return new StackKeeper(commands, ledger);
  }

  @Bean
  BackgroundTask stackKeeping(StackKeeper keeper) {
    return BackgroundTask.every(Duration.ofMillis(500), "stack-keeper", keeper::look);
  }

  @Bean
  StackCommandsApi stackCommandsApi(
      StackAnswers answers,
      StackLedger ledger,
      @Value("${slipway.operation-deadline:10m}") Duration longestOperation,
      InstantSource clock) {
    return new StackCommandsApi(answers, ledger, longestOperation, clock);
  }

  @Bean
  StackRestoreApi stackRestoreApi(
      StackAnswers answers,
      StackLedger ledger,
      JdbcTemplate jdbc,
      @Value("${slipway.operation-deadline:10m}") Duration longestOperation,
      InstantSource clock) {
    return new StackRestoreApi(answers, ledger, new PastStacks(jdbc), longestOperation, clock);
  }

  @Bean
  StackAnswers stackAnswers(
      Commands commands,
      ReadModel readModel,
      StackKeeper keeper,
      StackLedger ledger,
      AxonOnPostgres axon,
      Policies policies,
      ClusterView cluster,
      LedgerReader reader,
      InstantSource clock) {
    var dryRuns = new StackDryRuns(axon.events(), ledger, cluster, reader, clock);
    return new StackAnswers(
        commands, readModel, keeper, ledger, axon.events(), policies::of, dryRuns);
  }
}
